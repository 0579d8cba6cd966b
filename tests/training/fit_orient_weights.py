"""Fit the network of `kiosk.documents.orient` anew: `python -m tests.training.fit_orient_weights`.

Pages of invented words and random letters are printed across and down in every font that is given, blurred, faded and
made noisy, turned all four ways and cut into windows as the terminal cuts them. The network learns to tell how far the
letters of a window are turned. Prints its share of right answers on windows of pages it has not seen, and writes
`kiosk/documents/orient_weights.py`. Same seed, same weights; some minutes on one core.
"""

import base64
import math
import textwrap
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from drivers.bench.words import sentence
from kiosk.documents.line_windows import windows
from kiosk.documents.orient import SHAPES, columns

Numbers = npt.NDArray[np.float32]

FONTS = (
    "truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
    "truetype/bizud-gothic/BIZUDPGothic-Regular.ttf",
    "truetype/bizud-gothic/BIZUDGothic-Bold.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto/NotoSansCJK-Bold.ttc",
    "opentype/noto/NotoSerifCJK-Regular.ttc",
    "truetype/ipamj/ipamjm.ttf",
)
_FOLDER = Path("/usr/share/fonts")
_KANJI = bytes(b for row in range(0xB0, 0xD0) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode(
    "euc_jp", "ignore"
)
_HIRAGANA = "いうかきくけこさしすせそたちつてとなにのはまみもやよらりるれをんがだでどっょ"
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニノハマミムメモラリルレロンー"
_TARGET = Path("kiosk/documents/orient_weights.py")
_DPI = 200


def words(rng: np.random.Generator, length: int) -> str:
    """Half an office's letter, half letters at random: kanji, kana, figures."""
    flow = ""
    while len(flow) < length:
        match int(rng.integers(5)):
            case 0:
                flow += sentence(rng)
            case 1:
                flow += "".join(_KATAKANA[i] for i in rng.integers(len(_KATAKANA), size=int(rng.integers(2, 7))))
            case 2:
                flow += f"{int(rng.integers(10, 9_999_999)):,}" + str(rng.choice(["円", "年", "月", "-", "番"]))
            case _:
                kanji = "".join(_KANJI[i] for i in rng.integers(len(_KANJI), size=int(rng.integers(1, 4))))
                flow += kanji + "".join(
                    _HIRAGANA[i] for i in rng.integers(len(_HIRAGANA), size=int(rng.integers(1, 4)))
                )
                flow += str(rng.choice(["", "", "", "、", "。", "・", "(", "」"]))
    return flow[:length]


def page(rng: np.random.Generator, font: str) -> npt.NDArray[np.uint8]:
    """Part of a page at 200 dpi, printed across or down."""
    side = 700
    image = Image.new("L", (side, side), 250)
    pen = ImageDraw.Draw(image)
    down = bool(rng.random() < 0.45)
    at = 20.0
    while True:
        size = round(float(rng.uniform(2.6, 8.0) ** 1.0) / 25.4 * _DPI)
        if at + size > side - 20:
            break
        letters = int(rng.integers(4, max(5, (side - 60) // size)))
        face = ImageFont.truetype(str(_FOLDER / font), size)
        if down:
            pen.text((side - at - size, 30), words(rng, letters), font=face, fill=40, direction="ttb", language="ja")
        else:
            pen.text((30, at), words(rng, letters), font=face, fill=40, language="ja")
        at += size * float(rng.uniform(1.35, 2.2))
    return worn(np.array(image), rng)


def worn(grey: npt.NDArray[np.uint8], rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """As a camera sees it: slightly askew, soft, pale, noisy, unevenly lit."""
    tall, wide = grey.shape
    askew = cv2.getRotationMatrix2D((wide / 2, tall / 2), float(rng.normal(0, 0.5)), 1)
    grey = np.asarray(cv2.warpAffine(grey, askew, (wide, tall), borderValue=250), np.uint8)
    if rng.random() < 0.6:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(0.4, 1.9))), np.uint8)
    contrast = float(rng.uniform(0.35, 1.0))
    light = np.linspace(float(rng.uniform(0.7, 1)), 1, wide, dtype=np.float32)[None, :]
    lit = (250 - (250 - grey.astype(np.float32)) * contrast) * light
    return np.clip(lit + rng.standard_normal(grey.shape, np.float32) * float(rng.uniform(0.5, 4)), 0, 255).astype(
        np.uint8
    )


def examples(number: int, seed: int) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Windows of `number` pages turned all four ways, and by how many quarters clockwise their letters are turned."""
    rng = np.random.default_rng(seed)
    seen: list[Numbers] = []
    turns: list[int] = []
    for index in range(number):
        printed = page(rng, FONTS[index % len(FONTS)])
        for turn in range(4):
            found = windows(np.ascontiguousarray(np.rot90(printed, -turn)), _DPI, 40)
            seen.append(found)
            turns.extend([turn] * len(found))
    return np.concatenate(seen), np.array(turns)


class Net:
    """The same layers as `orient.logits`, with the way back."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.weights = [
            rng.normal(0, (2 / math.prod(shape[:-1])) ** 0.5, shape).astype(np.float32)
            if len(shape) > 1
            else np.zeros(shape, np.float32)
            for shape in SHAPES
        ]
        self._mean = [np.zeros_like(one) for one in self.weights]
        self._square = [np.zeros_like(one) for one in self.weights]
        self._round = 0

    def forward(self, seen: Numbers) -> tuple[Numbers, list[tuple[Numbers, Numbers]]]:
        """Logits, and what each layer took and gave."""
        kept, layer = [], seen[:, :, :, None]
        for kernel, bias, stride in zip(self.weights[0:6:2], self.weights[1:6:2], (2, 2, 2), strict=True):
            taken = columns(layer, kernel.shape[0], stride)
            layer = np.maximum(taken @ kernel.reshape(-1, kernel.shape[-1]) + bias, 0)
            kept.append((taken, layer))
        pooled = layer.mean(axis=2).reshape(len(layer), -1)
        hidden = np.maximum(pooled @ self.weights[6] + self.weights[7], 0)
        kept.append((pooled, hidden))
        return hidden @ self.weights[8] + self.weights[9], kept

    def learn(self, seen: Numbers, turns: npt.NDArray[np.int64], rate: float) -> float:
        """One step of Adam; the loss before it."""
        out, kept = self.forward(seen)
        chance = np.exp(out - out.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        loss = float(-np.log(chance[np.arange(len(turns)), turns] + 1e-9).mean())
        slope = chance
        slope[np.arange(len(turns)), turns] -= 1
        slope /= len(turns)
        slopes: list[Numbers] = [np.empty(0, np.float32)] * len(SHAPES)
        pooled, hidden = kept[3]
        slopes[8], slopes[9] = hidden.T @ slope, slope.sum(axis=0)
        slope = slope @ self.weights[8].T * (hidden > 0)
        slopes[6], slopes[7] = pooled.T @ slope, slope.sum(axis=0)
        rows, wide, deep = kept[2][1].shape[1:]
        slope = (slope @ self.weights[6].T).reshape(len(seen), rows, 1, deep).repeat(wide, axis=2) / wide
        for index in (2, 1, 0):
            taken, given = kept[index]
            slope = slope * (given > 0)
            kernel = self.weights[2 * index]
            flat = slope.reshape(-1, kernel.shape[-1])
            slopes[2 * index] = (taken.reshape(-1, taken.shape[-1]).T @ flat).reshape(kernel.shape)
            slopes[2 * index + 1] = flat.sum(axis=0)
            if index:
                below = kept[index - 1][1].shape
                slope = _scattered(slope @ kernel.reshape(-1, kernel.shape[-1]).T, below, kernel.shape[0], 2)
        self._step(slopes, rate)
        return loss

    def _step(self, slopes: list[Numbers], rate: float) -> None:
        self._round += 1
        for one, slope, mean, square in zip(self.weights, slopes, self._mean, self._square, strict=True):
            drawn = slope + 1e-4 * one
            mean[...] = 0.9 * mean + 0.1 * drawn
            square[...] = 0.999 * square + 0.001 * drawn**2
            one[...] -= rate * (mean / (1 - 0.9**self._round)) / (np.sqrt(square / (1 - 0.999**self._round)) + 1e-8)


def _scattered(slope: Numbers, shape: tuple[int, ...], kernel: int, stride: int) -> Numbers:
    """The way back of `columns`."""
    number, tall, wide, deep = shape
    pad = kernel // 2
    full = np.zeros((number, tall + 2 * pad, wide + 2 * pad, deep), np.float32)
    rows, across = slope.shape[1:3]
    parts = slope.reshape(number, rows, across, kernel, kernel, deep)
    for y in range(kernel):
        for x in range(kernel):
            full[:, y : y + rows * stride : stride, x : x + across * stride : stride] += parts[:, :, :, y, x]
    return full[:, pad : pad + tall, pad : pad + wide]


def batches(number: int, size: int, rounds: int, rng: np.random.Generator) -> Iterator[npt.NDArray[np.intp]]:
    for _ in range(rounds):
        order = rng.permutation(number)
        yield from (order[at : at + size] for at in range(0, number - size + 1, size))


def jittered(seen: Numbers, rng: np.random.Generator) -> Numbers:
    """A little higher or lower, lighter or darker: lines are not cut out to the pixel."""
    moved = np.stack([np.roll(one, int(rng.integers(-2, 3)), axis=0) for one in seen])
    return np.asarray(moved ** rng.uniform(0.7, 1.4, (len(seen), 1, 1)), np.float32)


def main() -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng(11)
    seen, turns = examples(182, 1)
    unseen, truth = examples(28, 2)
    print(f"{len(seen)} windows, {len(unseen)} unseen; by turn {np.bincount(turns)}", flush=True)
    net, rounds, size = Net(rng), 14, 96
    steps = rounds * (len(seen) // size)
    for step, chosen in enumerate(batches(len(seen), size, rounds, rng)):
        rate = 2e-3 * (1 - step / steps) + 1e-5
        loss = net.learn(jittered(seen[chosen], rng), turns[chosen], rate)
        if step % 200 == 0:
            print(f"step {step} of {steps}: loss {loss:.3f}", flush=True)
    out = np.concatenate([net.forward(unseen[at : at + 512])[0] for at in range(0, len(unseen), 512)])
    print(f"right on unseen windows: {(out.argmax(axis=1) == truth).mean():.1%}")
    data = np.concatenate([one.ravel() for one in net.weights]).astype(np.float16).tobytes()
    lines = textwrap.wrap(base64.b85encode(data).decode("ascii"), 114)
    words_ = (
        '"""Weights of `orient`, float16 in base 85; made by `tests.training.fit_orient_weights`."""\n\nWEIGHTS = (\n'
    )
    _TARGET.write_text(words_ + "".join(f'    "{line}"\n' for line in lines) + ")\n", encoding="ascii")


if __name__ == "__main__":
    main()
