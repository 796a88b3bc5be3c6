"""Text in pictures: what is refused without models, what an input keeps, and the identifiers with their lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from assembly import paths
from benchmarks.chunk_driver import run_command
from minerva.identifiers.in_pictures import annotate, read_options
from minerva.images.errors import MissingLibraryError, PictureError
from minerva.images.ocr import TextReader, why_not_read
from minerva.images.ocr_models import is_complete
from tests.images.drawn import bad_pictures, encoded

MODELS = paths.ROOT / "build" / "native" / "models"
TEXT = "calm rooms\ncall (415) 555-0142\nmail mia@mail.example.org"


def test_without_models_the_missing_package_is_named(tmp_path: Path) -> None:
    assert "SA-minerva-native-linux-x86_64" in why_not_read()
    with pytest.raises(MissingLibraryError, match="SA-minerva-native-linux-x86_64"):
        TextReader(tmp_path)
    picture = tmp_path / "a.jpg"
    picture.write_bytes(encoded(".jpg"))
    line = [sys.executable, "-m", "minerva.images", "read", str(picture)]
    done = subprocess.run(line, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "SA-minerva-native-linux-x86_64" in done.stderr


def test_identifiers_come_with_the_line_that_they_stand_in() -> None:
    (row,) = annotate([{"image_text": TEXT}], read_options({"region": "us"}))
    assert row["ocr_identifier"][0] == "phone:+14155550142"
    told = json.loads(row["ocr_evidence"][0])
    assert (told["line"], told["text"], told["raw"]) == (2, "call (415) 555-0142", "(415) 555-0142")
    assert "email:mia@mail.example.org" in row["ocr_identifier"]
    assert row["ocr_lines"] == 3


def test_the_door_reads_events_and_leaves_those_without_text_alone() -> None:
    outcome = run_command("minervaocr.py", ["region=US"], [[{"image_text": TEXT}, {"image_text": ""}]])
    assert (outcome.code, outcome.errors) == (0, [])
    assert ["phone:+14155550142" in each["ocr_identifier"] for each in outcome.rows] == [True, False]


@pytest.mark.full
@pytest.mark.skipif(not is_complete(MODELS), reason="build.py package --native has not fetched the models")
def test_a_number_that_is_drawn_is_read_and_bad_pictures_are_refused() -> None:
    pixels = np.full((400, 900, 3), 90, np.uint8)
    cv2.putText(pixels, "(415) 555-0142", (60, 220), cv2.FONT_HERSHEY_DUPLEX, 2, (255, 255, 255), 3)
    with TextReader(MODELS) as reader:
        lines = reader.read(encoded(".jpg", pixels))
        assert [line.text for line in lines] == ["(415) 555-0142"]
        assert lines[0].score > 0.8
        assert reader.read(encoded(".png", np.full((300, 300, 3), 128, np.uint8))) == ()
        for data, code in bad_pictures().values():
            with pytest.raises(PictureError) as refused:
                reader.read(data)
            assert refused.value.code == code
