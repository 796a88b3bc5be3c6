"""data/inputs of modular inputs and data/modular-inputs: stanzas of inputs.conf behind their scheme's validation."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from understudy.protocol.children import ChildError
from understudy.protocol.input_scheme import Scheme
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.objects import Objects
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

KINDS = "data/modular-inputs"
_COMMON = ("index", "host", "source", "sourcetype", "interval", "disabled", "start_by_shell", "run_only_one")


def _scheme(call: Call) -> Scheme:
    name = call.parts["scheme"]
    if name not in call.stage.inputs.scheme_names():
        raise RestError(
            404, f"Not Found: the stand-in does not serve data/inputs/{name}; no app brings this modular input."
        )
    return call.stage.inputs.scheme(name)


def _objects(scheme: Scheme) -> Objects:
    def content(call: Call, stanza: object) -> Mapping[str, object]:
        settings = {**call.stage.conf.stanzas("inputs").get(scheme.name, {}), **stanza.settings}  # type: ignore[attr-defined]
        return {"disabled": "0", "host": "understudy", "index": "default", **settings, "eai:appName": stanza.acl.app}  # type: ignore[attr-defined]

    return Objects("inputs", f"data/inputs/{scheme.name}", content)


def _entries(call: Call, scheme: Scheme) -> list[Entry]:
    prefix = f"{scheme.name}://"
    objects = _objects(scheme)
    found = []
    for item in objects.visible(call):
        if item.name.startswith(prefix) and item.name != prefix:
            entry = objects.entry(call, item)
            entry.name = item.name[len(prefix) :]
            found.append(entry)
    return found


def kinds(call: Call) -> Response:
    """Lists the schemes of the apps with their arguments."""
    entries = []
    for name in call.stage.inputs.scheme_names():
        try:
            entries.append(_kind(call.stage.inputs.scheme(name)))
        except ChildError as failure:
            call.stage.log("ERROR", "ModularInputs", str(failure))
    return listing.page(call, KINDS, entries)


def _kind(scheme: Scheme) -> Entry:
    arguments = {
        item.name: {
            "title": item.title,
            "description": item.description,
            "data_type": item.data_type,
            "required_on_create": item.required_on_create,
            "required_on_edit": item.required_on_edit,
            "order": order,
        }
        for order, item in enumerate(scheme.arguments)
    }
    content = {
        "title": scheme.title,
        "description": scheme.description,
        "streaming_mode": scheme.streaming_mode,
        "use_external_validation": scheme.external_validation,
        "use_single_instance": scheme.single_instance,
        "endpoint": {"args": arguments},
    }
    return Entry(scheme.name, content, path=KINDS)


def kind(call: Call) -> Response:
    name = call.parts["name"]
    if name not in call.stage.inputs.scheme_names():
        raise missing(name)
    return replies.entry(call, KINDS, _kind(call.stage.inputs.scheme(name)))


def overview(call: Call) -> Response:
    names = [*call.stage.inputs.scheme_names(), "http", "oneshot", "script"]
    entries = [Entry(name, {}, links=("create",), path="data/inputs") for name in names]
    return listing.page(call, "data/inputs", entries)


def every(call: Call) -> Response:
    """Lists the stanzas of all modular inputs."""
    found: list[Entry] = []
    for name in call.stage.inputs.scheme_names():
        found += _entries(call, call.stage.inputs.scheme(name))
    return listing.page(call, "data/inputs/all", found)


def listed(call: Call) -> Response:
    scheme = _scheme(call)
    path = f"data/inputs/{scheme.name}"
    if call.method == "POST":
        return _create(call, scheme, path)
    return listing.page(call, path, _entries(call, scheme), links=("create", "_reload"))


def _create(call: Call, scheme: Scheme, path: str) -> Response:
    call.need("admin_all_objects")
    name, settings = call.required("name"), call.settings()
    for argument in scheme.arguments:
        if argument.required_on_create and argument.name != "name" and not settings.get(argument.name):
            raise RestError(400, f"The following required arguments are missing: {argument.name}.")
    _check(call, scheme, name, settings)
    app = call.context_app
    stanza = f"{scheme.name}://{name}"
    if any(item.name == stanza for item in _objects(scheme).visible(call)):
        raise RestError(409, f"An input named '{name}' exists already.")
    call.stage.conf.write("inputs", stanza, settings, app)
    return replies.entry(call, path, _find(call, scheme, name), 201)


def _check(call: Call, scheme: Scheme, name: str, settings: Mapping[str, str]) -> None:
    known = {argument.name for argument in scheme.arguments} | set(_COMMON) | {"name", "python.version"}
    spec = call.stage.conf.stanzas("inputs").get(scheme.name, {})
    unknown = [key for key in settings if key not in known and key not in spec]
    if unknown:
        raise RestError(400, f'Argument "{unknown[0]}" is not supported by this handler.')
    try:
        call.stage.inputs.validate(scheme, name, settings)
    except ChildError as failure:
        raise RestError(400, f"Encountered the following error while trying to save: {failure}") from failure


def _find(call: Call, scheme: Scheme, name: str) -> Entry:
    found = next((item for item in _entries(call, scheme) if item.name == name), None)
    if found is None:
        raise missing(name)
    return found


def one(call: Call) -> Response:
    scheme = _scheme(call)
    path, name = f"data/inputs/{scheme.name}", call.parts["name"]
    if name == "_reload":
        call.stage.conf.reload()
        return listing.page(call, path, _entries(call, scheme))
    if name == "_new":
        return replies.entry(call, path, Entry("_new", {}))
    entry = _find(call, scheme, name)
    if call.method == "GET":
        return replies.entry(call, path, entry)
    call.need("admin_all_objects")
    stanza = f"{scheme.name}://{name}"
    if call.method == "DELETE":
        call.stage.conf.delete("inputs", stanza, entry.acl.app)
        return listing.page(call, path, _entries(call, scheme))
    settings = call.settings()
    own = {key: str(value) for key, value in entry.content.items() if not key.startswith("eai:")}
    _check(
        call, scheme, name, {**{k: v for k, v in own.items() if k in {a.name for a in scheme.arguments}}, **settings}
    )
    call.stage.conf.write("inputs", stanza, settings, entry.acl.app)
    return replies.entry(call, path, _find(call, scheme, name))


def switch(call: Call) -> Response:
    call.need("admin_all_objects")
    scheme, name = _scheme(call), call.parts["name"]
    entry = _find(call, scheme, name)
    value = "1" if call.path.endswith("/disable") else "0"
    call.stage.conf.write("inputs", f"{scheme.name}://{name}", {"disabled": value}, entry.acl.app)
    return replies.entry(call, f"data/inputs/{scheme.name}", _find(call, scheme, name))


ROUTES = [
    Route(("GET",), KINDS, kinds),
    Route(("GET",), KINDS + "/{name}", kind),
    Route(("GET",), "data/inputs", overview),
    Route(("GET",), "data/inputs/all", every),
    Route(("GET", "POST"), "data/inputs/{scheme}", listed),
    Route(("GET", "POST", "DELETE"), "data/inputs/{scheme}/{name}", one),
    Route(("POST",), "data/inputs/{scheme}/{name}/enable", switch),
    Route(("POST",), "data/inputs/{scheme}/{name}/disable", switch),
]
