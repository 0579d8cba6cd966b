"""Train the network anew: `python -m tests.training.train_outline FOLDER OUT.onnx [STEPS]`.

FOLDER holds photographs and a `corners.json`; only their split "train" is looked at (`examples.py`). Wants PyTorch and
onnx (`pip install torch==2.13.0 onnx`), which the product does not. One thread and fixed seeds, so that two runs
give the same. First with small pictures, which is quicker, at last with 256 pixels,
as it will run; what is written are the weights averaged over the last steps. Takes some twenty minutes of one core.
"""

import copy
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tests.training.examples import photographs, squeezed, stock
from tests.training.network import MAPS, Proposer
from tests.training.scenes import Example, scenes
from tests.training.variations import varied

STEPS = 1600
SIDES = ((160, 0.45), (192, 0.8), (256, 1.0))
"""Pixels each way, and up to which share of the steps."""
SIDE = SIDES[-1][0]
_FIRST_SCENES = 64  # before the first step; each step brings one more
_MIX = (8, 7, 1)  # photographs, scenes, bare grounds in a batch
_RATE = 3e-3
_SLOWNESS = 0.995  # of the averaged weights


def batch(rng: np.random.Generator, kinds: list[list[Example]], side: int) -> tuple[Tensor, Tensor]:
    """Pictures (N, 3, side, side) and what is to be said of them (N, 2, side / 2, side / 2)."""
    pairs = []
    for kind, number in zip(kinds, _MIX, strict=True):
        for _ in range(number):
            pixels, corners = varied(rng, kind[int(rng.integers(len(kind)))], side)
            pairs.append((pixels.transpose(2, 0, 1), wanted(corners, side // 2)))
    pictures, maps = (torch.from_numpy(np.stack(part)) for part in zip(*pairs, strict=True))
    return pictures.contiguous(memory_format=torch.channels_last), maps


def wanted(corners: npt.NDArray[np.float32] | None, side: int) -> npt.NDArray[np.float32]:
    """The page (share of each place that it covers) and its corners (a bump on each), shape (2, side, side)."""
    maps = np.zeros((MAPS, side, side), np.float32)
    if corners is None:
        return maps
    small = (corners + 0.5) / 2 - 0.5
    page = np.zeros((side, side), np.uint8)
    cv2.fillConvexPoly(page, np.rint(small * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    maps[0] = page / 255
    y, x = np.mgrid[:side, :side]
    for across, down in small:
        maps[1] = np.maximum(maps[1], np.exp(-((x - across) ** 2 + (y - down) ** 2) / (2 * (side / 85) ** 2)))
    return maps


def loss(logits: Tensor, maps: Tensor) -> Tensor:
    """How far the logits (N, 8, S, S) are from the maps (N, 2, 2 S, 2 S)."""
    finer = torch.nn.functional.pixel_shuffle(logits, 2)
    page, corner = finer[:, 0], finer[:, 1]
    plain = torch.nn.functional.binary_cross_entropy_with_logits(page, maps[:, 0])
    chance = torch.sigmoid(page)
    common = (chance * maps[:, 0]).sum((1, 2))
    joint = (chance + maps[:, 0]).sum((1, 2)) - common
    apart = 1 - (common + 10) / (joint + 10)
    bumps = torch.nn.functional.binary_cross_entropy_with_logits(corner, maps[:, 1], weight=1 + 30 * maps[:, 1])
    return plain + apart.mean() + bumps


def train(real: list[Example], steps: int, told: Callable[[int, float, Proposer], None]) -> Proposer:
    """The averaged network after so many steps; `told` hears of each."""
    kept = stock(real)
    bare = [Example(each, None) for each in kept.grounds[::3]]
    rendered = list(scenes(_FIRST_SCENES, 1, kept))
    more = scenes(steps, 2, kept)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    network = Proposer().to(memory_format=torch.channels_last)
    averaged: Proposer = copy.deepcopy(network).eval()
    decayed = [weight for weight in network.parameters() if weight.ndim > 1]
    others = [weight for weight in network.parameters() if weight.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": others, "weight_decay": 0.0}])
    for step in range(steps):
        share = step / steps
        rate = _RATE * min(1.0, (step + 1) / 100) * (0.5 * (1 + np.cos(np.pi * share)) + 0.005)
        for group in optimiser.param_groups:
            group["lr"] = rate
        rendered.append(next(more))
        side = next(side for side, until in SIDES if share < until)
        pictures, maps = batch(rng, [real, rendered, bare], side)
        error = loss(network(pictures), maps)
        optimiser.zero_grad()
        error.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        slowness = min(_SLOWNESS, (step + 1) / (step + 10))
        with torch.no_grad():
            for kept, now in zip(averaged.state_dict().values(), network.state_dict().values(), strict=True):
                if kept.dtype.is_floating_point:
                    kept.lerp_(now, 1 - slowness)
        told(step, float(error), averaged)
    return averaged


def export(network: Proposer, path: Path) -> None:
    """As ONNX, in plain operators: "picture" (1, 3, 256, 256), RGB from 0 to 1, to "maps" (1, 8, 64, 64)."""
    network.eval()
    plain = network.to(memory_format=torch.contiguous_format)
    names = {"input_names": ["picture"], "output_names": ["maps"]}
    torch.onnx.export(plain, (torch.zeros(1, 3, SIDE, SIDE),), str(path), opset_version=13, dynamo=False, **names)


def main() -> None:
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else STEPS
    real = [squeezed(each) for each in photographs(folder, "train")]
    errors: list[float] = []

    def told(step: int, error: float, _network: Proposer) -> None:
        errors.append(error)
        if step % 100 == 99:
            print(f"{step + 1} of {steps}: {np.mean(errors[-100:]):.4f}, {time.process_time():.0f} s", flush=True)

    export(train(real, steps, told), path)


if __name__ == "__main__":
    main()
