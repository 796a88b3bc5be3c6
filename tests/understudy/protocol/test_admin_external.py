"""Admin handlers: UCC's own REST handler of accounts, from its library, served through `splunk.admin`."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.understudy.protocol.apps import write_app
from understudy.stage import Stage

LIBRARY = Path(__file__).parents[3] / "build" / "lib" / "TA-gen-connectors"
HANDLER = f"""
    import sys
    sys.path.insert(0, {str(LIBRARY)!r})
    from splunktaucclib.rest_handler import admin_external, util
    from splunktaucclib.rest_handler.admin_external import AdminExternalHandler
    from splunktaucclib.rest_handler.endpoint import RestModel, SingleModel, field, validator

    util.remove_http_proxy_env_vars()
    FIELDS = [
        field.RestField("url", required=True, encrypted=False, default=None,
                        validator=validator.String(max_len=20, min_len=1)),
        field.RestField("api_key", required=True, encrypted=True, default=None, validator=None),
    ]
    endpoint = SingleModel("ta_probe_account", RestModel(FIELDS, name=None), config_name="account", need_reload=False)
    if __name__ == "__main__":
        admin_external.handle(endpoint, handler=AdminExternalHandler)
"""
RESTMAP = """
    [admin:ta_probe]
    match = /
    members = ta_probe_account

    [admin_external:ta_probe_account]
    handlertype = python
    python.version = python3
    handlerfile = ta_probe_rh_account.py
    handleractions = edit, list, remove, create
"""


@pytest.fixture
def base(served: Stage) -> str:
    if not (LIBRARY / "splunktaucclib").is_dir():
        pytest.skip("the shipped libraries are not built")
    write_app(
        served.home,
        "TA-probe",
        {
            "bin/ta_probe_rh_account.py": HANDLER,
            "default/restmap.conf": RESTMAP,
            "default/app.conf": "[launcher]\nversion = 1.0.0\n",
            "README/ta_probe_account.conf.spec": "[<name>]\nurl = <string>\napi_key = <string>\n",
        },
    )
    served.conf.reload()
    return f"{served.surroundings.uri}/servicesNS/nobody/TA-probe/ta_probe_account"


def test_account_made_through_its_handler_keeps_the_secret_out_of_the_conf(served: Stage, base: str) -> None:
    headers = {"Authorization": f"Splunk {served.accounts.open_session('admin')}"}
    json_mode = {"output_mode": "json"}

    def post(path: str, **form: str) -> requests.Response:
        return requests.post(base + path, data={**json_mode, **form}, headers=headers, timeout=60)

    def listed() -> dict[str, dict[str, str]]:
        answer = requests.get(base, params=json_mode, headers=headers, timeout=60)
        return {item["name"]: item["content"] for item in answer.json()["entry"]}

    assert listed() == {}
    refused = post("", name="one", url="a much too long address for it", api_key="s3cret-words")
    assert refused.status_code >= 400
    assert "length" in refused.text.lower()
    assert "required arguments are missing" in post("", name="one", url="short").text
    assert post("", name="one", url="short", api_key="s3cret-words").status_code == 201
    assert (listed()["one"]["url"], listed()["one"]["api_key"]) == ("short", "******")
    local = served.home / "etc/apps/TA-probe/local"
    assert "api_key = ******" in (local / "ta_probe_account.conf").read_text(encoding="utf-8")
    assert b"s3cret-words" not in b"".join(path.read_bytes() for path in local.glob("*.conf"))
    assert any("s3cret-words" in item.password for item in served.passwords.all("TA-probe"))
    assert "already in use" in post("", name="one", url="short", api_key="x").text
    changed = post("/one", url="other", api_key="new-words")
    assert changed.status_code == 200, changed.text
    assert any("new-words" in item.password for item in served.passwords.all("TA-probe"))
    assert requests.delete(f"{base}/one", params=json_mode, headers=headers, timeout=60).status_code == 200
    assert listed() == {}


def test_ordinary_user_may_not_change_accounts(served: Stage, base: str) -> None:
    served.create_user("ann", "a password", ["user"])
    headers = {"Authorization": f"Splunk {served.accounts.open_session('ann')}"}
    answer = requests.post(base, data={"name": "x", "url": "u", "api_key": "k"}, headers=headers, timeout=60)
    assert answer.status_code == 403
