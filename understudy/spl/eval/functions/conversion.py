"""Conversion functions: tonumber, tostring, toint, todouble, tobool, tomv, toarray, toobject, printf, ipmask."""

from __future__ import annotations

import ipaddress
import math
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.eval.shapes import CallSite, Evaluate, Function, JsonText, constant, on_each, on_values
from understudy.spl.json_fields import dump_json, field_value, load_json
from understudy.spl.values import Number, collapse, normalize_number, number_of, text_of

FORMAT = re.compile(r"%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh?|ll?|[jztL])?([diufFeEgGaAxXoscpz%])", re.DOTALL)
UNSUPPORTED_FORMAT = re.compile(r"%[-+ #0'*.\d]*([CnS]|\d\$)")
HEXADECIMAL = re.compile(r"(-?)0x([01](?:\.[0-9a-f]+)?)p([+-]\d+)")
MAX_WIDTH = 10_000
WIDE = Context(prec=MAX_WIDTH + 400)
"""Enough digits for any double at any precision that printf takes."""


def _tonumber(value: Any, base: Any = 10) -> Any:
    """A text with blanks around it is no number: the reference says to trim it first."""
    if isinstance(value, bool):
        return int(value)
    base_number = number_of(base)
    if base_number is None or base_number != int(base_number) or not 2 <= base_number <= 36:
        return None
    text = text_of(value)
    if text != text.strip():
        return None
    if base_number == 10 or not isinstance(value, str):
        return number_of(value)
    if "_" in text or len(text) > 400:
        return None
    try:
        return normalize_number(int(text, int(base_number)))
    except ValueError:
        return None


def _toint(value: Any, base: Any = 10) -> Any:
    number = _tonumber(value, base)
    return None if number is None else math.floor(number)


def _todouble(value: Any, base: Any = 10) -> Any:
    number = _tonumber(value, base)
    return None if number is None else normalize_number(float(number))


def _tobool(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    number = number_of(value)
    if number is not None:
        return number != 0
    return {"true": True, "false": False}.get(text_of(value).lower())


def _checked_number(site: CallSite) -> Evaluate:
    """tonumber() of a literal that is no number is an error; of a field it is null."""
    literal, base = constant(site, 0), constant(site, 1)
    known = len(site.arguments) == 1 or base is not None
    if isinstance(literal, str) and known and _tonumber(literal, 10 if base is None else base) is None:
        raise SplSyntaxError(f"'tonumber' cannot read '{literal[:40]}' as a number.", site.nodes[0].position)
    return on_each(_tonumber)(site)


def round_half_up(number: Number, places: int) -> Decimal:
    """Returns the number rounded on its decimal digits, .5 away from zero (2.555 to two places is 2.56)."""
    return Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)


def with_commas(number: Number) -> str:
    """Returns `12,345.68` for 12345.6789 and `1,234` for 1234: two decimals only where there are decimals."""
    if isinstance(number, int) or float(number).is_integer():
        return f"{int(number):,}"
    return f"{round_half_up(number, 2):,f}" if abs(number) < 1e24 else text_of(number)


def duration_text(number: Number) -> str:
    """Returns seconds as `HH:MM:SS`, with `D+` in front from a day on and six decimals where there is a fraction."""
    sign = "-" if number < 0 else ""
    whole = int(abs(number))
    fraction = abs(number) - whole
    days, rest = divmod(whole, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    if fraction:
        text += f"{fraction:.6f}"[1:]
    return f"{sign}{days}+{text}" if days else sign + text


def _tostring(value: Any, form: Any = None) -> Any:
    if form is None:
        return text_of(value)
    number = number_of(value)
    if number is None:
        return text_of(value)
    style = text_of(form).lower()
    if style == "commas":
        return with_commas(number)
    if style == "duration":
        return duration_text(number)
    whole = int(number)
    if style == "hex":
        return ("-" if whole < 0 else "") + f"0x{abs(whole):X}"
    if style == "binary":
        return f"{whole:b}"
    return text_of(value)


def _build_tostring(site: CallSite) -> Evaluate:
    if len(site.arguments) == 1:
        return on_each(_tostring)(site)
    if site.arguments[0].kind in ("bool", "text"):  # the format is used only for numbers
        return on_values(lambda value, form: None if value is None else text_of(value))(site)
    return on_each(_tostring)(site)


def infer_json(value: Any) -> Any:
    """Returns a scalar as the JSON value its text is, outer quotes taken off; a text that is no JSON becomes null."""
    if isinstance(value, (bool, int, float)):
        return value
    try:
        return tidy_json(load_json(text_of(value)))
    except ValueError:
        return number_of(value)


def tidy_json(data: Any) -> Any:
    """Returns parsed JSON with whole floats as whole numbers: `1.00` is written as `1`."""
    if isinstance(data, float):
        return normalize_number(data)
    if isinstance(data, list):
        return [tidy_json(item) for item in data]
    if isinstance(data, dict):
        return {key: tidy_json(item) for key, item in data.items()}
    return data


def _typed_json(value: Any, kind: type) -> Any:
    """Returns the compact JSON text of a text that is an array or object, else None."""
    try:
        parsed = load_json(value)
    except ValueError:
        return None
    return JsonText(dump_json(tidy_json(parsed))) if isinstance(parsed, kind) else None


def _toarray(value: Any) -> Any:
    if isinstance(value, list):
        return JsonText(dump_json([infer_json(item) for item in value]))
    return _typed_json(value, list)


def _toobject(value: Any) -> Any:
    return _typed_json(value, dict)


def _tomv(value: Any) -> Any:
    """A text that is no JSON array is not converted: null."""
    if not isinstance(value, str):
        return value if isinstance(value, list) else None
    try:
        parsed = load_json(value)
    except ValueError:
        return None
    return collapse(field_value(item) for item in parsed) if isinstance(parsed, list) else None


def _ipmask(mask: Any, address: Any) -> Any:
    try:
        masked = int(ipaddress.IPv4Address(text_of(mask))) & int(ipaddress.IPv4Address(text_of(address)))
    except ValueError:
        return None
    return str(ipaddress.IPv4Address(masked))


def _build_printf(site: CallSite) -> Evaluate:
    form = constant(site, 0)
    unsupported = UNSUPPORTED_FORMAT.search(form.replace("%%", "")) if isinstance(form, str) else None
    if unsupported is not None:
        raise UnsupportedError(f"printf() does not know '{unsupported.group()}'.", site.nodes[0].position)
    return on_values(_printf)(site)


def _printf(form: Any, *arguments: Any) -> Any:
    if form is None:
        return None
    waiting = list(arguments)

    def take() -> Any:
        return waiting.pop(0) if waiting else None

    def size(text: str | None) -> int | None:
        if text is None:
            return None
        if text == "*":
            number = number_of(take())
            return None if number is None else max(-MAX_WIDTH, min(MAX_WIDTH, int(number)))
        return min(MAX_WIDTH, int(text))

    def write(found: re.Match[str]) -> str:
        flags, width_text, precision_text, letter = found.groups()
        if letter == "%":
            return "%"
        width = size(width_text)
        has_precision = "." in found.group()
        precision = size(precision_text) if precision_text else (0 if has_precision else None)
        if width is not None and width < 0:
            flags, width = flags + "-", -width
        if precision is not None and precision < 0:  # C takes a negative precision as none given
            precision = None
        return _one(flags, width, precision, letter, take())

    return FORMAT.sub(write, text_of(form))


def _one(flags: str, width: int | None, precision: int | None, letter: str, value: Any) -> str:
    """Returns one printf conversion; a number conversion of no number writes nothing but the width."""
    plain = flags.replace("'", "")
    if letter in "szc":
        text = text_of(value)
        if letter == "c":
            text = chr(value) if isinstance(value, int) and 0 <= value < 0x110000 else text[:1]
        elif precision is not None:
            text = text[:precision]
        return text.ljust(width or 0) if "-" in flags else text.rjust(width or 0)
    number = number_of(value)
    if number is None:
        return " " * (width or 0)
    if letter in "aA":
        text = hexadecimal(float(number), 6 if precision is None else precision)
        text = text.upper() if letter == "A" else text
        return text.ljust(width or 0) if "-" in flags else text.rjust(width or 0)
    letter = "X" if letter == "p" else letter
    if letter in "diuoxX":
        whole = int(number)
        if whole == 0 and precision == 0:
            return " " * (width or 0)
        shown = "d" if letter in "diu" else letter
        spec = f"%{plain}{width or ''}{'' if precision is None else f'.{precision}'}{shown}"
        if "#" in plain and letter == "o":
            spec = spec.replace("#", "")
            text = ("0" if whole else "") + (spec.replace(str(width or ""), "", 1) if width else spec) % whole
            return text.ljust(width or 0) if "-" in flags else text.rjust(width or 0)
        text = spec % whole
        return _grouped(text, whole, width, flags) if "'" in flags and letter in "diu" else text
    if letter in "fF" and not math.isinf(number):
        digits = 6 if precision is None else precision
        rounded = round_half_up(number, digits)
        body = f"{abs(rounded):,f}" if "'" in flags else f"{abs(rounded):f}"
        sign = "-" if rounded < 0 else "+" if "+" in flags else " " if " " in flags else ""
        body += "." if "#" in flags and digits == 0 else ""
        if "-" in flags:
            return (sign + body).ljust(width or 0)
        if "0" in flags:
            return sign + body.rjust((width or 0) - len(sign), "0")
        return (sign + body).rjust(width or 0)
    spec = f"%{plain}{width or ''}{'' if precision is None else f'.{precision}'}{letter}"
    return spec % float(number)


def hexadecimal(number: float, digits: int) -> str:
    """Returns C's %a: `0x1.922p+1`; digits: places behind the point."""
    sign, mantissa, exponent = HEXADECIMAL.fullmatch(number.hex()).groups()  # type: ignore[union-attr]  # finite
    whole, _, fraction = mantissa.partition(".")
    scaled = Decimal(int(whole + fraction.ljust(13, "0"), 16)) / 16**13
    kept = int(WIDE.multiply(scaled, Decimal(16**digits)).to_integral_value(ROUND_HALF_EVEN))
    shown = f".{kept % 16**digits:0{digits}x}" if digits else ""
    return f"{sign}0x{kept // 16**digits}{shown}p{exponent}"


def _grouped(text: str, whole: int, width: int | None, flags: str) -> str:
    sign = "-" if whole < 0 else "+" if "+" in flags else ""
    grouped = f"{sign}{abs(whole):,}"
    return grouped.ljust(width or 0) if "-" in flags else grouped.rjust(width or 0)


FUNCTIONS = [
    Function("tonumber", 1, 2, "number", _checked_number, "tonumber(<text>, <base>)"),
    Function("toint", 1, 2, "number", on_each(_toint), "toint(<value>, <base>)"),
    Function("todouble", 1, 2, "number", on_each(_todouble), "todouble(<value>, <base>)"),
    Function("tobool", 1, 1, "bool", on_each(_tobool), "tobool(<value>)"),
    Function("tostring", 1, 2, "text", _build_tostring, "tostring(<value>, <format>)"),
    Function("tomv", 1, 1, "scalar", on_values(_tomv), "tomv(<value>)"),
    Function("toarray", 1, 1, "text", on_values(_toarray), "toarray(<value>)"),
    Function("toobject", 1, 1, "text", on_values(_toobject), "toobject(<value>)"),
    Function("ipmask", 2, 2, "text", on_each(_ipmask), "ipmask(<mask>, <ip>)"),
    Function("printf", 1, None, "text", _build_printf, "printf(<format>, <value>, ...)"),
]
