"""`splunk.admin`: the base of admin handlers (`admin_external`), and the one-request process around them.

The request comes as JSON on stdin, the reply is the last line of stdout, after a marker; both ends of this wire
belong to the stand-in (see understudy/protocol/admin_external.py). The classes are what app code subclasses.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import OrderedDict
from typing import Any

ACTION_CREATE = 1
ACTION_LIST = 2
ACTION_EDIT = 4
ACTION_REMOVE = 8
ACTION_MEMBERS = 16
ACTION_RELOAD = 32
ACTION_NEW = 64
ACTION_SYNC = 128

CONTEXT_NONE = 0
CONTEXT_APP_ONLY = 1
CONTEXT_APP_AND_USER = 2

EAI_ENTRY_ACL = "eai:acl"
EAI_META_PREFIX = "eai:"
MARKER = "understudy-admin-reply "

_ACTIONS = {
    "create": ACTION_CREATE,
    "list": ACTION_LIST,
    "edit": ACTION_EDIT,
    "remove": ACTION_REMOVE,
    "_reload": ACTION_RELOAD,
    "_new": ACTION_NEW,
}


class AdminManagerException(Exception):
    """Base of what an admin handler raises on purpose. `status` is the HTTP status it becomes."""

    status = 500


class ArgValidationException(AdminManagerException):
    """An argument is wrong."""

    status = 400


class BadActionException(AdminManagerException):
    """The handler does not do this action."""

    status = 405


class BadProgrammerException(AdminManagerException):
    """The handler was used wrongly."""


class HandlerSetupException(AdminManagerException):
    """The handler could not be prepared."""


class InternalException(AdminManagerException):
    """Something inside the handler failed."""


class NotFoundException(AdminManagerException):
    """No such entity."""

    status = 404


class AlreadyExistsException(AdminManagerException):
    """The entity is there already."""

    status = 409


class PermissionsException(AdminManagerException):
    """The user may not do this."""

    status = 403


class ServiceUnavailableException(AdminManagerException):
    """A service the handler needs does not answer."""

    status = 503


class ArgsList:
    """Arguments an action takes."""

    def __init__(self) -> None:
        self.required: list[str] = []
        self.optional: list[str] = []

    def addReqArg(self, name: str) -> None:
        self.required.append(name)

    def addOptArg(self, name: str) -> None:
        self.optional.append(name)

    def knows(self, name: str) -> bool:
        names = [*self.required, *self.optional]
        return name in names or any(n.endswith("*") and name.startswith(n[:-1]) for n in names)


class CallerArgs:
    """What the caller gave: the entity's name, and the data as lists of text."""

    def __init__(self, identifier: str | None, data: dict[str, list[str | None]]) -> None:
        self.id = identifier
        self.data = data

    def get(self, name: str, default: Any = None) -> Any:
        return self.data.get(name, default)

    def __getitem__(self, name: str) -> list[str | None]:
        return self.data[name]

    def __contains__(self, name: str) -> bool:
        return name in self.data


class ConfigItem(OrderedDict):  # type: ignore[type-arg]
    """One entity of the answer; metadata holds the eai: keys."""

    def __init__(self) -> None:
        super().__init__()
        self.metadata: dict[str, Any] = {}
        self.actions = 0
        self.customActions: dict[str, Any] = {}

    def append(self, key: str, value: Any) -> None:
        self[key] = value

    def setMetadata(self, key: str, value: Any) -> None:
        self.metadata[key] = value


class ConfigInfo(OrderedDict):  # type: ignore[type-arg]
    """The answer: entities by name, made on first use."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []

    def __missing__(self, name: str) -> ConfigItem:
        item = ConfigItem()
        self[name] = item
        return item

    def addInfoMsg(self, text: str) -> None:
        self.messages.append(("INFO", text))

    def addWarnMsg(self, text: str) -> None:
        self.messages.append(("WARN", text))

    def addErrorMsg(self, text: str) -> None:
        self.messages.append(("ERROR", text))


class MConfigHandler:
    """Base of an admin handler: `setup` names the arguments, `handleList` and its like fill the answer."""

    def __init__(
        self, scriptMode: int, ctxInfo: int, data: dict[str, Any] | None = None, shouldRefresh: bool = True
    ) -> None:
        request = data or {}
        self._request = request
        self.requestedAction = _ACTIONS.get(str(request.get("action")), 0)
        self.customAction = str(request.get("custom_action") or "")
        self.callerArgs = CallerArgs(request.get("id"), request.get("data") or {})
        self.supportedArgs = ArgsList()
        self.userName = str(request.get("user") or "nobody")
        self.appName = str(request.get("app") or "search")
        self.context = ctxInfo
        self.docShowEntry = True
        self.maxCount = int(request.get("count") or 0)
        self.posOffset = int(request.get("offset") or 0)
        self.sortBy = str(request.get("sort_key") or "name")
        self.sortAscending = str(request.get("sort_dir") or "asc") != "desc"
        self.shouldFilter = True
        self.shouldAutoList = True
        self.capabilityRead = ""
        self.capabilityWrite = ""

    def getSessionKey(self) -> str | None:
        key = self._request.get("session_key")
        return str(key) if key else None

    def setup(self) -> None:
        """Names the arguments of the requested action."""

    def readConf(self, confName: str) -> dict[str, dict[str, str]]:
        return self._conf(confName, "-" if self.context == CONTEXT_NONE else self.appName)

    def readConfCtx(self, confName: str) -> dict[str, dict[str, str]]:
        return self._conf(confName, self.appName)

    def writeConf(self, confName: str, stanza: str, values: dict[str, Any]) -> None:
        from urllib.parse import quote

        base = f"/servicesNS/nobody/{self.appName}/configs/conf-{confName}"
        if stanza in self._conf(confName, self.appName):
            self._call(f"{base}/{quote(stanza, safe='')}", values)
        else:
            self._call(base, {"name": stanza, **values})

    def _conf(self, name: str, app: str) -> dict[str, dict[str, str]]:
        from splunk.rest import simpleRequest  # type: ignore[import-not-found,unused-ignore]

        path = f"/servicesNS/nobody/{app}/configs/conf-{name}"
        response, body = simpleRequest(path, self.getSessionKey(), {"output_mode": "json", "count": 0})
        if response.status != 200:
            return {}
        return {
            entry["name"]: {k: str(v) for k, v in entry["content"].items() if not k.startswith("eai:")}
            for entry in json.loads(body)["entry"]
        }

    def _call(self, path: str, values: dict[str, Any]) -> None:
        from splunk.rest import simpleRequest  # type: ignore[import-not-found,unused-ignore]

        response, body = simpleRequest(path, self.getSessionKey(), postargs=values, method="POST")
        if response.status >= 400:
            raise InternalException(body.decode("utf-8", "replace"))

    def handleList(self, confInfo: ConfigInfo) -> None:
        self.actionNotImplemented()

    def handleCreate(self, confInfo: ConfigInfo) -> None:
        self.actionNotImplemented()

    def handleEdit(self, confInfo: ConfigInfo) -> None:
        self.actionNotImplemented()

    def handleRemove(self, confInfo: ConfigInfo) -> None:
        self.actionNotImplemented()

    def handleReload(self, confInfo: ConfigInfo) -> None:
        """Nothing is kept between requests: a reload has nothing to do."""

    def handleNew(self, confInfo: ConfigInfo) -> None:
        """The form of a new entity: no fields of its own."""

    def handleCustom(self, confInfo: ConfigInfo) -> None:
        self.actionNotImplemented()

    def actionNotImplemented(self) -> None:
        raise BadActionException(f"the handler does not support this action ({self.requestedAction})")


_METHODS = {
    ACTION_CREATE: "handleCreate",
    ACTION_LIST: "handleList",
    ACTION_EDIT: "handleEdit",
    ACTION_REMOVE: "handleRemove",
    ACTION_RELOAD: "handleReload",
    ACTION_NEW: "handleNew",
}


def init(handler: Any, ctxInfo: int = CONTEXT_NONE, handlerInit: Any = None) -> None:
    """Runs the handler for the one request on stdin and writes the reply."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.load(sys.stdin)
    try:
        reply = _run(handler, ctxInfo, request)
    except AdminManagerException as error:
        reply = {"status": error.status, "message": str(error)}
    except Exception as error:
        traceback.print_exc()
        text = f'Unexpected error "{type(error)}" from python handler: "{error}". See splunkd.log for more details.'
        reply = {"status": 500, "message": text}
    output.write("\n" + MARKER + json.dumps(reply) + "\n")
    output.flush()


def _run(handler: Any, context: int, request: dict[str, Any]) -> dict[str, Any]:
    import splunk  # type: ignore[import-not-found,unused-ignore]

    splunk.setSessionKey(request.get("session_key"))
    instance = handler(0, context, request)
    instance.setup()
    if instance.requestedAction in (ACTION_CREATE, ACTION_EDIT):
        given = instance.callerArgs.data
        missing = [name for name in instance.supportedArgs.required if name not in given]
        unknown = [name for name in given if not instance.supportedArgs.knows(name)]
        if missing:
            raise ArgValidationException(f"The following required arguments are missing: {', '.join(missing)}.")
        if unknown:
            raise ArgValidationException(f'Argument "{unknown[0]}" is not supported by this handler.')
    answer = ConfigInfo()
    if instance.customAction:
        instance.handleCustom(answer)
    elif instance.requestedAction in _METHODS:
        getattr(instance, _METHODS[instance.requestedAction])(answer)
    else:
        instance.actionNotImplemented()
    entries = [{"name": name, "content": dict(item), "metadata": item.metadata} for name, item in answer.items()]
    return {"status": 200, "entries": entries, "messages": answer.messages}
