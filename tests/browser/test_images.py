"""The Images page: a bank is opened and filled, a picture looked up, its match judged, and no pixel stays anywhere."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.pictures import link_native_package
from demo.run import ADMIN, ANALYSTS
from minerva.images.decode import Decoder
from minerva.native_package import NAME
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site
from tests.images.drawn import encoded, scene
from tests.integration.installation import APP
from tests.integration.installation import Browser as Client
from understudy.spl.errors import SplError

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = f"/en-US/app/{APP}/images"
PICTURE = encoded(".png", scene(seed=5))
OTHER = "riverbank"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    apps = Path(own_site.run.stage.home) / "etc" / "apps"
    if not (apps / NAME).exists():
        link_native_package(apps)
    return own_site


@pytest.fixture(scope="module")
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    with chromium.opened(chrome) as made:
        chromium.log_in(made, site.address, site.user, site.password)
        yield made


@pytest.fixture(scope="module")
def near(site: Site) -> str:
    """The hash of an edited copy of the picture, which one of the institution's records holds."""
    with Decoder() as decoder:
        pdq = decoder.fingerprint(encoded(".jpg", scene(seed=5)[::2, ::2], 1, 60)).whole.pdq
    member = {
        "_key": f"{TENANT}:image:{pdq}", "tenant_id": TENANT, "member": f"image:{pdq}", "kind": "identifier",
        "entity_id": site.shown.entity[TENANT],
    }  # fmt: skip
    with Client(site.run, ADMIN) as admin:
        data = f"/servicesNS/nobody/{APP}/storage/collections/data/minerva_members"
        assert admin.ask("POST", data, member)[0] in (200, 201)
    return pdq


def test_a_bank_is_opened_and_a_list_imported(site: Site, page: Page, near: str) -> None:
    page.goto(f"{site.address}{PAGE}?v=banks")
    page.get_by_role("button", name="Open a bank").click()
    page.get_by_label("Name", exact=True).fill("Lost pictures")
    page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("button", name="Import a list").click()
    page.get_by_label("The list").fill(f"{near},the blue room\nno hash")
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    outcome = "1 added, 0 held already, 0 withdrawn, 1 refused"
    expect(page.locator("[data-test=import-outcome]")).to_contain_text(outcome)
    expect(page.get_by_role("cell", name="the blue room")).to_be_visible()


def test_a_picture_is_looked_up_and_its_match_judged(site: Site, page: Page, near: str) -> None:
    page.goto(f"{site.address}{PAGE}")
    file = {"name": "x.png", "mimeType": "image/png", "buffer": PICTURE}
    page.locator("[data-test=picture]").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload
    matches = page.get_by_role("table", name="Matches in banks")
    expect(matches).to_contain_text("Same image (distance")
    expect(matches).to_contain_text("the blue room")
    expect(page.get_by_role("table", name="Pictures of your records")).to_contain_text("records of")
    matches.get_by_role("button", name="True").click()
    expect(matches.locator("[data-test=said]")).to_contain_text("True, as you said")
    expect(matches.get_by_role("button", name="False")).to_have_count(0)
    matches.get_by_role("button", name="Change").click()
    expect(matches.get_by_role("button", name="True")).to_have_attribute("aria-pressed", "true")


def test_several_files_are_frames_of_one_video_and_the_match_names_the_frame(site: Site, page: Page, near: str) -> None:
    page.goto(f"{site.address}{PAGE}")
    black, other = encoded(".png", scene(seed=5) * 0), encoded(".png", scene(seed=9))
    files = [
        {"name": f"{place}.png", "mimeType": "image/png", "buffer": data}
        for place, data in enumerate((black, other, PICTURE, b"no picture"), 1)
    ]
    page.locator("[data-test=picture]").set_input_files(files)  # type: ignore[arg-type]  # FilePayloads
    expect(page.get_by_text("Frame 1: a black frame, a title or too plain: not looked up")).to_be_visible()
    expect(page.get_by_text("Frame 4: refused")).to_be_visible()
    expect(page.get_by_role("table", name="Matches in banks")).to_contain_text("Frame 3: same image (distance")
    expect(page.get_by_role("table", name="Pictures of your records")).to_contain_text("Frame 3: same image (distance")


def test_records_near_a_bank_wait_for_review(site: Site, page: Page, near: str) -> None:
    page.goto(f"{site.address}{PAGE}?v=review")
    table = page.get_by_role("table", name="Matches to review")
    expect(table).to_contain_text("Same image (distance 0)")
    table.get_by_role("button", name="False").click()
    page.goto(f"{site.address}{PAGE}?v=banks")
    expect(page.get_by_role("table", name="Banks")).to_contain_text("1 of 2 true (50 %)")


def test_events_are_matched_against_the_bank_by_its_own_analysts_alone(site: Site, near: str) -> None:
    spl = (
        f'| makeresults | eval image_pdq="{near}", image_quality=90 '
        '| minervaimagematch bank="Lost pictures" | table image_tier image_distance image_label image_bank'
    )
    (row,) = site.run.ask(spl, site.user)
    assert (row["image_tier"], row["image_label"], row["image_bank"]) == ("same", "the blue room", "Lost pictures")
    with pytest.raises(SplError, match="there is none named 'Lost pictures' that you may read"):
        site.run.ask(spl, ANALYSTS[OTHER])


def test_nobody_else_sees_the_bank_and_no_pixel_stays(site: Site, near: str) -> None:
    with Client(site.run, ANALYSTS[OTHER]) as other:
        assert json.loads(other.entities("image_banks", {})[2])["banks"] == []
        found = json.loads(other.entities("image_search", {"hashes": [near]})[2])
        assert (found["matches"], found["records"]) == ([], [])
    texts = [base64.b64encode(PICTURE[at:])[8:88] for at in (300, 301, 302)]
    marks = (PICTURE[300:380], scene(seed=5).tobytes()[3000:3090], *texts)
    home = Path(site.run.stage.home)
    held = [path for path in home.rglob("*") if path.is_file() and any(mark in path.read_bytes() for mark in marks)]
    assert held == []
    assert not [name for name in os.listdir(home / "var" / "run" / "minerva_app") if "." in name]
    events = json.dumps(site.run.ask("search index=* OR index=_*", ADMIN), default=str)
    assert not any(text.decode() in events for text in texts)
