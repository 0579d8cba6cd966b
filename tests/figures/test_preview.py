"""What one preview frame costs to judge, by how it is looked at.

Short films of a letter at fifteen frames a second, time handed in: it lies still, it is pushed about (also half out of
the frame, where its outline stays in doubt: at rest it is looked at again), a hand comes and goes, and an empty tray
waits. Of each film stands how many frames went which way, and what one of them took: processor time of one core.
Figures, not verdicts.
"""

import statistics
import time
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Air, Frame, Scene, grainy, render, small
from kiosk.documents.network import ready
from kiosk.documents.watch import Watcher
from tests.documents.trays import lying
from tests.figures.tables import table

pytestmark = pytest.mark.bench

FRAME = 1 / 15
FRAMES = 150
WAYS = ("first", "asked of the network", "ranked", "ranked at rest", "followed", "unchanged")


def seen(*, laid: bool = True, hand: float = 0.0, x: float = 210.0) -> Frame:
    return small(render(Scene((lying(Kind.NOTICE, (x, 157.5)),) if laid else (), Air(), hand=hand)))


def grain(frame: Frame, index: int) -> Frame:
    return grainy(frame, 1.5, index % 7)


def resting(frame: Frame) -> Iterator[Frame]:
    for index in range(FRAMES):
        yield grain(frame, index)


def laid(empty: Frame, letter: Frame) -> Iterator[Frame]:
    """On the empty tray, and taken away, every second."""
    for index in range(FRAMES):
        yield grain((empty, letter)[index // 15 % 2], index)


def pushed(letter: Frame) -> Iterator[Frame]:
    """Round and round, four centimetres across and a few millimetres up and down, six pixels a frame."""
    for index in range(FRAMES):
        angle = index * 6 / 48
        way = np.array([(1, 0, 48 * np.sin(angle)), (0, 1, 6 * np.cos(angle))], np.float32)
        moved = cv2.warpAffine(letter, way, (letter.shape[1], letter.shape[0]), borderMode=cv2.BORDER_REPLICATE)
        yield grain(np.asarray(moved, np.uint8), index)


def reached_for(letter: Frame) -> Iterator[Frame]:
    """A hand that comes in and goes within a second, again and again."""
    hands = [letter, *(seen(hand=reach) for reach in (0.1, 0.2, 0.3, 0.4, 0.5))]
    for index in range(FRAMES):
        yield grain(hands[abs((index + 5) % 10 - 5)], index)


def test_one_preview_frame() -> None:
    cv2.setNumThreads(1)
    ready()
    letter, half, empty = seen(), seen(x=40.0), seen(laid=False)
    films: dict[str, Callable[[], Iterator[Frame]]] = {
        "a letter lies still": lambda: resting(letter),
        "a letter is pushed about": lambda: pushed(letter),
        "a hand comes and goes": lambda: reached_for(letter),
        "a letter half out of the frame is pushed about": lambda: pushed(half),
        "a letter is laid half out of the frame": lambda: laid(empty, half),
        "an empty tray": lambda: resting(empty),
    }
    rows: list[tuple[str, ...]] = [("", "frames", "mean", "median", "p99")]
    for name, film in films.items():
        by_way = costs(film())
        rows.append(row(name, [cost for each in by_way.values() for cost in each]))
        rows += [row(f"  {way}", each) for way, each in by_way.items() if each]
    table("one preview frame judged, milliseconds of one core", rows)


def costs(film: Iterator[Frame]) -> dict[str, list[float]]:
    """Of each frame, by the way it went."""
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    watcher = Watcher(seen_empty=True)
    for index, frame in enumerate(film):
        began = time.process_time()
        after, _ = watcher.see(frame, index * FRAME)
        spent = (time.process_time() - began) * 1000
        found[way_of(watcher, after)].append(spent)
        watcher = after
    return found


def way_of(before: Watcher, after: Watcher) -> str:
    then, now = before.track, after.track
    assert now is not None
    if then is None:
        return "first"
    if now.searched != then.searched:
        return "ranked at rest" if now.settled else "ranked"
    if now.asked is not None:
        return "asked of the network"
    return "unchanged" if now.cells is then.cells else "followed"


def row(name: str, spent: list[float]) -> tuple[str, ...]:
    figures = (statistics.fmean(spent), statistics.median(spent), float(np.percentile(spent, 99)))
    return name, str(len(spent)), *(f"{figure:.1f}" for figure in figures)
