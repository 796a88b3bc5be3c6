"""Text functions and hashes: len, lower, upper, trim, substr, replace, spath, urldecode, md5, sha1, sha256, sha512."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import unquote

from understudy.spl.bounds import TEXT, check_text
from understudy.spl.eval.functions.comparison import regex_argument
from understudy.spl.eval.shapes import CallSite, Evaluate, Function, on_each, on_present, on_text
from understudy.spl.json_fields import extract_path
from understudy.spl.model import Context, Row
from understudy.spl.regexes import compile_regex
from understudy.spl.values import collapse, number_of, text_of, values_of
from understudy.spl.xml_fields import extract_xml

BLANKS = " \t"


def _substr(value: Any, start: Any, length: Any = None) -> Any:
    """SQLite's substr: positions from 1, negative from the end, a negative length takes what stands before."""
    text = text_of(value)
    first = number_of(start)
    count = None if length is None else number_of(length)
    if first is None or (length is not None and count is None):
        return None
    begin, size = int(first), len(text)
    taken = size + abs(begin) + 1 if count is None else int(count)
    if begin < 0:
        begin += size
        if begin < 0:
            if taken > 0:
                taken = max(0, taken + begin)
            begin = 0
    elif begin > 0:
        begin -= 1
    elif taken > 0:
        taken -= 1
    if taken < 0:
        taken = -taken
        begin -= taken
        if begin < 0:
            taken += begin
            begin = 0
    return text[begin : begin + max(0, taken)]


def _replace(site: CallSite) -> Evaluate:
    fixed = regex_argument(site, 1)
    subject, pattern, replacement = (argument.evaluate for argument in site.arguments)

    def run(row: Row, context: Context) -> Any:
        text, by = subject(row, context), replacement(row, context)
        compiled = fixed
        if compiled is None:
            computed = pattern(row, context)
            compiled = None if computed is None else compile_regex(text_of(computed), site.position)
        if text is None or by is None or compiled is None:
            return None
        written, texts = text_of(by), [text_of(value) for value in values_of(text)]
        for one in texts:
            if len(written) * (len(one) + 1) > TEXT:
                check_text(len(written) * sum(1 for _ in compiled.finditer(one)), "'replace'", site.position)
        return collapse([compiled.sub(written, one) for one in texts])

    return run


def _spath(text: Any, path: Any) -> Any:
    source = text_of(text)
    if source.lstrip().startswith("<"):
        return extract_xml(source, text_of(path))
    return extract_path(source, text_of(path))


def _hash(name: str) -> Function:
    def apply(text: str) -> str:
        return hashlib.new(name, text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()

    return Function(name, 1, 1, "text", on_text(apply), f"{name}(<text>)")


def _trim(name: str) -> Function:
    method = {"trim": str.strip, "ltrim": str.lstrip, "rtrim": str.rstrip}[name]

    def apply(text: str, characters: str = BLANKS) -> str:
        return method(text, characters)

    return Function(name, 1, 2, "text", on_text(apply), f"{name}(<text>, <characters>)")


FUNCTIONS = [
    Function("len", 1, 1, "number", on_text(len), "len(<text>)"),
    Function("lower", 1, 1, "text", on_text(str.lower), "lower(<text>)"),
    Function("upper", 1, 1, "text", on_text(str.upper), "upper(<text>)"),
    *(_trim(name) for name in ("trim", "ltrim", "rtrim")),
    Function("substr", 2, 3, "text", on_each(_substr), "substr(<text>, <start>, <length>)"),
    Function("replace", 3, 3, "text", _replace, "replace(<text>, <regex>, <replacement>)"),
    Function("spath", 2, 2, "scalar", on_present(_spath), "spath(<value>, <path>)"),
    Function("urldecode", 1, 1, "text", on_text(lambda text: unquote(text, errors="replace")), "urldecode(<url>)"),
    *(_hash(name) for name in ("md5", "sha1", "sha256", "sha512")),
]
