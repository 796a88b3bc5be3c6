"""The native package after its build: a picture is hashed and read under each Python, and AppInspect is asked.

AppInspect's analyzer of Python code needs more than 8 GB for numpy's (measured with 4.3.1), so only its checks of the
package's form are run; the code is that of the locked wheels.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from assembly import paths

FORM = "packaging_standards"
TIMEOUT_S = 900
_WORK = """
import json, pathlib, sys
sys.path.insert(0, sys.argv[1])
from minerva.images.picture_child import why_not
assert not why_not(), why_not()
import cv2, numpy
from minerva.images.decode import Decoder
from minerva.images.ocr import TextReader
pixels = numpy.full((240, 640, 3), 90, numpy.uint8)
cv2.putText(pixels, "(415) 555-0142", (40, 140), cv2.FONT_HERSHEY_DUPLEX, 2, (255, 255, 255), 3)
data = cv2.imencode(".jpg", pixels)[1].tobytes()
with Decoder() as decoder, TextReader() as reader:
    lines = [line.text for line in reader.read(data)]
    pdq = decoder.fingerprint(data).whole.pdq
from minerva.schools.build import fill_gallery
from minerva.schools.gallery import Gallery
from minerva.schools.identify import Query, identify
def crest(number):
    drawn = numpy.full((160, 160, 3), 250, numpy.uint8)
    cv2.circle(drawn, (80, 80), 70, (40 * number, 20, 200 - 40 * number), -1)
    cv2.putText(drawn, "ABCDE"[number], (45, 110), cv2.FONT_HERSHEY_DUPLEX, 3, (255, 255, 255), 6)
    return cv2.imencode(".png", drawn)[1].tobytes()
gallery = pathlib.Path(sys.argv[2])
schools = ((f"s{number}", {"crest.png": lambda n=number: crest(n)}) for number in range(5))
fill_gallery(schools, gallery, print)
found = identify(Gallery(gallery), Query(crest=cv2.imencode(".jpg", cv2.GaussianBlur(cv2.imdecode(
    numpy.frombuffer(crest(0), numpy.uint8), 1), (0, 0), 2))[1].tobytes()), 5)
ranked = [row["id"] for row in found.schools]
print(json.dumps({"pdq": pdq, "lines": lines, "ranked": ranked, "places": [numpy.__file__, cv2.__file__]}))
"""


_PDQ = "b66e32954991cd6ab62c3696087bc969fb8426d6847ad9094b8526f6b67ad919"
"""Of the drawn picture, under every Python."""


def works_under(package: Path, python: str, root: Path = paths.ROOT) -> list[str]:
    """Returns one line for each thing that does not work with a staged native package under an interpreter.

    It is put beside an app that holds nothing but minerva/, as it stands beside the apps in Splunk.
    """
    with tempfile.TemporaryDirectory() as apps:
        library = Path(apps) / paths.APP / "lib"
        library.mkdir(parents=True)
        shutil.copytree(root / "minerva", library / "minerva", ignore=shutil.ignore_patterns("__pycache__"))
        (Path(apps) / package.name).symlink_to(package)
        command = [python, "-I", "-B", "-c", _WORK, str(library), str(Path(apps) / "gallery")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        if done.returncode:
            return [f"{python}: {line}" for line in done.stderr.splitlines()[-5:]]
        told = json.loads(done.stdout.splitlines()[-1])
        foreign = [place for place in told.pop("places") if not place.startswith(apps)]
        problems = [f"{python}: {place} is not of the package" for place in foreign]
    if [line.replace(" ", "") for line in told["lines"]] != ["(415)555-0142"]:
        problems.append(f"{python}: the drawn number was read as {told['lines']}")
    if told["pdq"] != _PDQ:
        problems.append(f"{python}: the drawn picture was hashed as {told['pdq']}")
    if told["ranked"][0] != "s0":
        problems.append(f"{python}: the schools of a drawn crest were ranked {told['ranked']}")
    return problems


def form_problems(archive: Path, root: Path = paths.ROOT) -> list[str]:
    """Returns what AppInspect's checks of a package's form find wrong."""
    home = root / "build" / "home"
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(
                str(root / "build" / "tools" / "bin" / "splunk-appinspect"),
                "inspect",
                str(archive),
                "--mode",
                "precert",
            ),
            *("--included-tags", FORM, "--output-file", str(report), "--data-format", "json"),
        ]
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(home), "LANG": "C.UTF-8"}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, cwd=home
        )
        if not report.is_file():
            return [f"AppInspect wrote no report (exit {done.returncode}): {(done.stdout + done.stderr)[-800:]}"]
        found = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{check['result']} {check['name']}: {[message.get('message') for message in check.get('messages', [])][:2]}"
        for app in found.get("reports", [])
        for group in app.get("groups", [])
        for check in group["checks"]
        if check.get("result") in ("failure", "error", "future_failure")
    ] + ([] if found.get("summary", {}).get("success") else ["no check of AppInspect succeeded"])
