"""Training of the two heads on synthetic crests, in the environment of export_backbone.py. It goes on where it stopped.

    training/bin/python -m benchmarks.schools.training --icons FOLDER --work FOLDER --minutes 35

FOLDER of icons holds unpacked npm packages @iconify-json/{mdi,fa6-solid,emojione-monotone}: other charges than those of
the test world. First each school's crest and four rough photos are turned into the backbone's numbers, 500 schools to a
file; then the heads learn to bring photo and crest together. It also needs onnxruntime, which is faster than OpenCV.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.schools.export_backbone import SIDE
from benchmarks.schools.rough_photos import clean, rough
from demo.schools_world.charges import Charges, icon_charges, joined
from demo.schools_world.crest import draw_crest
from demo.schools_world.palette import Pixels
from demo.schools_world.school import World

SEED = 20261
BLOCK = 500
PHOTOS = 4
WINDOWS = 1
"""Of a school's photos, the last so many are cut as by the windows of a whole photo."""
HELD_BACK = 500
_EPOCHS, _BATCH, _HIDDEN, _OUT = 22, 512, 1024, 256
_TEMPERATURE = 0.05
ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "minerva_native" / "models" / "schools"
Features = Callable[[Sequence[Pixels]], Pixels]


def training_charges(icons: Path) -> Charges:
    def of(name: str, words: bool, most: int | None) -> Charges:
        (path,) = icons.glob(f"*{name}*/package/icons.json")
        return icon_charges(path, most=most) if words else icon_charges(path, words=(), most=most)

    return joined([of("mdi", True, 900), of("fa6-solid", False, None), of("emojione-monotone", False, None)])


def backbone(path: Path) -> Features:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options)

    def features(pictures: Sequence[Pixels]) -> Pixels:
        blocks = [
            session.run(None, {"x": np.stack([prepared(each) for each in pictures[at : at + 32]])})[0]
            for at in range(0, len(pictures), 32)
        ]
        return np.concatenate(blocks)

    return features


def prepared(picture: Pixels) -> Pixels:
    """A picture as the backbone takes it."""
    square = cv2.resize(
        picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA if min(picture.shape[:2]) > SIDE else cv2.INTER_LINEAR
    )
    return ((square[..., ::-1].astype(np.float32) - 127) / 128).transpose(2, 0, 1)


def make_pairs(world: World, features: Features, work: Path, until: float) -> int:
    """Writes blocks until the time is up; returns how many schools there are."""
    block = 0
    while True:
        target = work / f"pairs_{block:03d}.npz"
        if not target.exists():
            if time.monotonic() > until:
                return block * BLOCK
            crests, photos = [], []
            for number in range(block * BLOCK, (block + 1) * BLOCK):
                draw = np.random.default_rng((SEED, 1, number))
                art = draw_crest(world.school(number), world.charges)
                crests.append(clean(art, draw))
                photos += [rough(art, draw, window=place >= PHOTOS - WINDOWS) for place in range(PHOTOS)]
            numbers = features(photos).reshape(BLOCK, PHOTOS, -1)
            part = target.with_suffix(".part.npz")
            np.savez(part, crests=features(crests).astype(np.float16), photos=numbers.astype(np.float16))
            part.rename(target)
            print(f"{(block + 1) * BLOCK} schools", flush=True)
        block += 1


def train(work: Path, target: Path) -> None:
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    files = [np.load(path) for path in sorted(work.glob("pairs_???.npz"))]
    crests = torch.from_numpy(np.concatenate([each["crests"] for each in files])).float()
    photos = torch.from_numpy(np.concatenate([each["photos"][:, :PHOTOS] for each in files])).float()
    count, width = crests.shape
    learnt = count - HELD_BACK

    class Head(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, seen: Any) -> None:
            super().__init__()
            self.mean, self.scale = seen.mean(0), 1 / (seen.std(0) + 1e-3)
            self.straight = torch.nn.Linear(width, _OUT)
            self.bent = torch.nn.Sequential(
                torch.nn.Linear(width, _HIDDEN), torch.nn.ReLU(), torch.nn.Linear(_HIDDEN, _OUT)
            )

        def forward(self, x: Any, drop: float = 0.0) -> Any:
            x = functional.dropout((x - self.mean) * self.scale, drop)
            return functional.normalize(self.straight(x) + self.bent(x), dim=1)

    gallery, query = Head(crests[:learnt]), Head(photos[:learnt].flatten(0, 1))
    found = [*gallery.parameters(), *query.parameters()]
    steps = _EPOCHS * (learnt // _BATCH)
    optimizer = torch.optim.AdamW(found, lr=5e-4, weight_decay=0.05)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    begun = time.monotonic()
    for epoch in range(_EPOCHS):
        order, loss = torch.randperm(learnt), torch.zeros(())
        for at in range(0, learnt - _BATCH + 1, _BATCH):
            rows = order[at : at + _BATCH]
            ours = gallery(crests[rows], 0.2)
            theirs = query(photos[rows, torch.randint(0, PHOTOS, (_BATCH,))], 0.2)
            alike, right = theirs @ ours.T / _TEMPERATURE, torch.arange(_BATCH)
            loss = functional.cross_entropy(alike, right) + functional.cross_entropy(alike.T, right)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            plan.step()
        if epoch % 4 == 0:
            with torch.no_grad():
                marks = query(photos[learnt:, 0]) @ gallery(crests[learnt:]).T
                own = marks.diagonal()[:, None]
                ranks = (marks > own).sum(1)
            shares = [round(float((ranks < most).float().mean()), 3) for most in (1, 10)]
            took = f"{time.monotonic() - begun:.0f} s"
            print(f"epoch {epoch + 1}: loss {loss.item():.3f}, held back @1 @10 {shares}, {took}", flush=True)
    arrays: dict[str, Any] = {"schools": np.array(count)}
    for name, head in (("gallery", gallery), ("query", query)):
        arrays |= {f"{name}_mean": head.mean.numpy(), f"{name}_scale": head.scale.numpy()}
        for key, value in head.state_dict().items():
            arrays[f"{name}_{key}"] = value.numpy().astype(np.float16)
    np.savez(target, **arrays)
    print(target, target.stat().st_size)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.schools.training", description=__doc__)
    parser.add_argument("--icons", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=35)
    parser.add_argument("--target", type=Path, default=MODELS / "heads.npz")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    world = World(training_charges(options.icons), SEED)
    until = time.monotonic() + 60 * options.minutes
    print(f"{len(world.charges)} charges", flush=True)
    print(f"{make_pairs(world, backbone(MODELS / 'backbone.onnx'), options.work, until)} schools in all", flush=True)
    train(options.work, options.target)


if __name__ == "__main__":
    main()
