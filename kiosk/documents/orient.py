"""Which way round the print runs, told from the letters themselves.

A small network (three layers of convolution over windows of about three letters, then two dense ones; under 20,000
weights) says of each window by how many quarters its letters are turned. It was taught on print across and down in
the fonts that offices use (`tests/training/fit_orient_weights.py`). One window is often wrong, a page of them hardly
ever: their votes are added up, and where the sum does not clearly speak for one way, no answer is given and the page
stays as it lies.
"""

import base64

import numpy as np

from kiosk.documents.line_windows import HIGH, WIDE, windows
from kiosk.documents.orient_weights import WEIGHTS
from kiosk.documents.pixels import Floats, Grey, Pixels, as_grey

SHAPES: tuple[tuple[int, ...], ...] = (
    (5, 5, 1, 10),
    (10,),
    (3, 3, 10, 20),
    (20,),
    (3, 3, 20, 32),
    (32,),
    (2 * 32, 32),
    (32,),
    (32, 4),
    (4,),
)
"""Kernels and biases of the three convolutions, then of the two dense layers."""

_MOST = 64  # windows each way
_FLOOR = 0.02  # one window never says more than this against a turn
_MARGIN = 8.0  # of the best turn over the next, in log-likelihood: fewer than that is no answer
_EACH = 0.12  # and at least this much a window


def quarter_turns(page: Pixels, dpi: int) -> int:
    """How many quarters clockwise put the print of a page upright: 0 to 3. 0 where it cannot be told."""
    turned = turned_by(as_grey(page), dpi)
    return 0 if turned is None else -turned % 4


def turned_by(grey: Grey, dpi: int) -> int | None:
    """By how many quarters clockwise the letters of a page are turned; None where that is not clear."""
    votes, number = ballot(grey, dpi)
    order = np.argsort(votes)
    margin = float(votes[order[-1]] - votes[order[-2]])
    return int(order[-1]) if margin > max(_MARGIN, _EACH * number) else None


def ballot(grey: Grey, dpi: int) -> tuple[Floats, int]:
    """Log-likelihood of each turn (4), and from how many windows."""
    across = windows(grey, dpi, _MOST)
    down = windows(np.ascontiguousarray(np.rot90(grey, -1)), dpi, _MOST)  # there, letters are turned once more
    votes = _votes(across) + np.roll(_votes(down), -1)
    return np.asarray(votes, np.float32), len(across) + len(down)


def logits(seen: Floats) -> Floats:
    """What the network says of windows (N, HIGH, WIDE): shape (N, 4)."""
    layer = seen[:, :, :, None]
    for kernel, bias in zip(_WEIGHTS[0:6:2], _WEIGHTS[1:6:2], strict=True):
        taken = columns(layer, kernel.shape[0], 2)
        layer = np.maximum(taken @ kernel.reshape(-1, kernel.shape[-1]) + bias, 0)
    pooled = layer.mean(axis=2).reshape(len(layer), _WEIGHTS[6].shape[0])
    hidden = np.maximum(pooled @ _WEIGHTS[6] + _WEIGHTS[7], 0)
    return np.asarray(hidden @ _WEIGHTS[8] + _WEIGHTS[9], np.float32)


def columns(layer: Floats, kernel: int, stride: int) -> Floats:
    """The neighbourhood of every `stride`-th place of (N, H, W, C), laid out as (N, h, w, kernel * kernel * C)."""
    pad = kernel // 2
    room = np.pad(layer, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    seen = np.lib.stride_tricks.sliding_window_view(room, (kernel, kernel), axis=(1, 2))[:, ::stride, ::stride]
    laid = seen.transpose(0, 1, 2, 4, 5, 3)
    return np.ascontiguousarray(laid).reshape(*laid.shape[:3], kernel * kernel * layer.shape[3])


def _votes(seen: Floats) -> Floats:
    if not len(seen):
        return np.zeros(4, np.float32)
    out = logits(seen.reshape(-1, HIGH, WIDE))
    chance = np.exp(out - out.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(chance, _FLOOR)).sum(axis=0), np.float32)


def _unpacked() -> list[Floats]:
    flat = np.frombuffer(base64.b85decode("".join(WEIGHTS)), np.float16).astype(np.float32)
    ends = np.cumsum([int(np.prod(shape)) for shape in SHAPES])
    return [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), SHAPES, strict=True)]


_WEIGHTS = _unpacked()
