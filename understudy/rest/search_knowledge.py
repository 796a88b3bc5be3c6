"""data/props: the settings of props.conf one by one, each named `stanza : CLASS-name` as splunkd names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from understudy.conf import Acl, ConfError, Entry
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry as Shown
from understudy.rest.routes import Route
from understudy.spl.errors import SplError

CONF = "props"
_PROPS = Objects(CONF, "data/props")


@dataclass(frozen=True)
class Setting:
    """One setting of one stanza, with the permissions of its own."""

    stanza: str
    key: str
    value: str
    acl: Acl

    @property
    def name(self) -> str:
        return f"{self.stanza} : {self.key}"


Compose = Callable[[Call, Mapping[str, str]], tuple[str, str]]
Content = Callable[[Setting], Mapping[str, Any]]


@dataclass(frozen=True)
class PropsObjects:
    """prefixes: keys of the kind; compose: arguments to (key, value), given the old arguments when one changes."""

    path: str
    prefixes: tuple[str, ...]
    compose: Compose
    content: Content

    def visible(self, call: Call) -> Iterator[Setting]:
        bare: dict[tuple[str, str | None], Mapping[str, Mapping[str, str]]] = {}
        for item in _PROPS.visible(call):
            owner = item.acl.owner if item.acl.sharing == "user" else None
            app = item.acl.app
            stanzas = bare.setdefault((app, owner), call.stage.conf.bare_stanzas(CONF, app, owner))
            for key, value in stanzas.get(item.name, {}).items():
                if not key.startswith(self.prefixes):
                    continue
                acl = call.stage.conf.acl(app, CONF, f"{item.name}/{key}", owner)
                if call.access.may_read_acl(acl, CONF, f"{item.name}/{key}"):
                    yield Setting(item.name, key, value, acl)

    def entry(self, call: Call, item: Setting) -> Shown:
        may_write = self._may_write(call, item)
        content = {
            "attribute": item.key,
            "stanza": item.stanza,
            "value": item.value,
            "type": "Inline",
            **self.content(item),
            "eai:appName": item.acl.app,
            "eai:userName": call.user,
        }
        return Shown(item.name, content, item.acl, ("edit", "remove") if may_write else (), 0.0, self.path, may_write)

    def _may_write(self, call: Call, item: Setting) -> bool:
        return call.access.may_write_acl(item.acl, CONF, f"{item.stanza}/{item.key}")

    def find(self, call: Call, name: str) -> Setting:
        found = [item for item in self.visible(call) if item.name == name]
        found.sort(key=lambda item: (item.acl.app != call.context_app, item.acl.sharing != "user"))
        if not found:
            raise missing(name)
        return found[0]

    def listed(self, call: Call) -> Response:
        if call.method == "POST":
            return self._create(call)
        return listing.page(call, self.path, [self.entry(call, item) for item in self.visible(call)], links=("create",))

    def _create(self, call: Call) -> Response:
        stanza = call.required("stanza") if self.prefixes != ("rename",) else call.required("name")
        if any(mark in stanza for mark in "\r\n]"):
            raise RestError(400, f"'{stanza}' is not a valid stanza.")
        app = call.context_app
        owner = call.write_owner if call.owner is not None else call.user
        _PROPS.may_create(call, app, owner)
        key, value = self._composed(call, {})
        if key in call.stage.conf.bare_stanzas(CONF, app, owner).get(stanza, {}):
            raise RestError(409, f"An object named '{stanza} : {key}' exists already.")
        call.stage.conf.write(CONF, stanza, {key: value}, app, owner)
        return replies.entry(call, self.path, self.entry(call, self.find(call, f"{stanza} : {key}")), 201)

    def _composed(self, call: Call, before: Mapping[str, str]) -> tuple[str, str]:
        key, value = self.compose(call, before)
        if any(mark in key for mark in "\r\n=") or "\n" in value or "\r" in value or not value.strip():
            raise RestError(400, "The name or the value of the object is not valid.")
        return key, value

    def one(self, call: Call) -> Response:
        item = self.find(call, call.parts["name"])
        if call.method != "GET":
            if not self._may_write(call, item):
                raise RestError(403, f"You do not have permission to change '{item.name}'.")
            owner = item.acl.owner if item.acl.sharing == "user" else None
            if call.method == "DELETE":
                self._delete(call, item, owner)
                return listing.page(call, self.path, [self.entry(call, rest) for rest in self.visible(call)])
            _, value = self._composed(call, {"name": item.key.partition("-")[2], "value": item.value})
            call.stage.conf.write(CONF, item.stanza, {item.key: value}, item.acl.app, owner)
            item = replace(item, value=value)
        return replies.entry(call, self.path, self.entry(call, item))

    def _delete(self, call: Call, item: Setting, owner: str | None) -> None:
        conf = call.stage.conf
        layers = conf.layers
        layer = layers.user(owner, item.acl.app) if owner else layers.of_app(item.acl.app)[0]
        own = dict(layer.stanzas(CONF).get(item.stanza, {}))
        if item.key not in own:
            raise RestError(403, f"'{item.name}' comes with its app and cannot be deleted.")
        del own[item.key]
        try:
            if own:
                conf.write(CONF, item.stanza, own, item.acl.app, owner, replace=True)
            else:
                conf.delete(CONF, item.stanza, item.acl.app, owner)
        except ConfError as failure:
            raise RestError(403, str(failure)) from failure

    def routes(self) -> list[Route]:
        return [
            Route(("GET", "POST"), self.path, self.listed),
            Route(("GET", "POST", "DELETE"), self.path + "/{name}", self.one),
        ]


def _extraction(call: Call, before: Mapping[str, str]) -> tuple[str, str]:
    kind = call.text("type", "EXTRACT")
    if kind not in ("EXTRACT", "REPORT"):
        raise RestError(400, "The type of an extraction is EXTRACT or REPORT.")
    value = call.required("value")
    if kind == "EXTRACT" and not before:
        from understudy.spl.regexes import compile_regex

        try:
            compile_regex(value.rsplit(" in ", 1)[0] if " in " in value else value, 0)
        except SplError as failure:
            raise RestError(400, failure.message) from failure
    return f"{kind}-{before.get('name') or call.required('name')}", value


def _calculated(call: Call, before: Mapping[str, str]) -> tuple[str, str]:
    from understudy.spl.eval import compile_expression

    value = call.required("value")
    try:
        compile_expression(value)
    except SplError as failure:
        raise RestError(400, failure.message) from failure
    return f"EVAL-{before.get('name') or call.required('name')}", value


def _alias(call: Call, before: Mapping[str, str]) -> tuple[str, str]:
    pairs = [
        f"{name[len('alias.') :]} AS {value}"
        for name, value in (*call.query, *call.form)
        if name.startswith("alias.") and value.strip()
    ]
    if not pairs:
        raise RestError(400, "The following required arguments are missing: alias.<field>.")
    return f"FIELDALIAS-{before.get('name') or call.required('name')}", " ".join(pairs)


def _lookup(call: Call, before: Mapping[str, str]) -> tuple[str, str]:
    def fields(prefix: str) -> str:
        start = f"lookup.field.{prefix}."
        return " ".join(
            f"{name[len(start) :]} AS {value}" if value.strip() else name[len(start) :]
            for name, value in (*call.query, *call.form)
            if name.startswith(start)
        )

    inputs = fields("input")
    if not inputs:
        raise RestError(400, "The following required arguments are missing: lookup.field.input.<field>.")
    outputs = fields("output")
    word = "OUTPUT" if call.boolean("overwrite") else "OUTPUTNEW"
    text = f"{call.required('transform')} {inputs}" + (f" {word} {outputs}" if outputs else "")
    return f"LOOKUP-{before.get('name') or call.required('name')}", text


def _rename(call: Call, before: Mapping[str, str]) -> tuple[str, str]:
    return "rename", call.required("value")


def _transform_content(call: Call, item: Entry) -> Mapping[str, Any]:
    return {"disabled": False, **item.settings, "eai:appName": item.acl.app, "eai:userName": call.user}


def _regex_given(call: Call, settings: Mapping[str, str]) -> None:
    from understudy.spl.regexes import compile_regex

    if "REGEX" in settings:
        try:
            compile_regex(settings["REGEX"], 0)
        except SplError as failure:
            raise RestError(400, failure.message) from failure


def _empty(item: Setting) -> Mapping[str, Any]:
    return {}


ROUTES = [
    *PropsObjects(
        "data/props/extractions",
        ("EXTRACT-", "REPORT-"),
        _extraction,
        lambda item: {"type": "Uses transform" if item.key.startswith("REPORT-") else "Inline"},
    ).routes(),
    *PropsObjects(
        "data/props/calcfields", ("EVAL-",), _calculated, lambda item: {"field.name": item.key[len("EVAL-") :]}
    ).routes(),
    *PropsObjects("data/props/fieldaliases", ("FIELDALIAS-",), _alias, _empty).routes(),
    *PropsObjects(
        "data/props/lookups", ("LOOKUP-",), _lookup, lambda item: {"transform": item.value.split(" ", 1)[0]}
    ).routes(),
    *PropsObjects("data/props/sourcetype-rename", ("rename",), _rename, _empty).routes(),
    *Objects("transforms", "data/transforms/extractions", _transform_content, ("REGEX",), check=_regex_given).routes(),
]
