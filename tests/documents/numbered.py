"""Papers with numbers of chance, as the camera above the tray sees them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from drivers.bench.papers import Kind, Owner, print_paper
from drivers.camera.tray import Air, Frame, Lying, Scene, corners_in_frame, render
from kiosk.documents.pixels import Grey, as_grey
from kiosk.documents.straighten import straighten
from tests.documents.trays import GEOMETRY, MIDDLE

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAMES = ("見本 ツル", "仮名 渡", "例示 ひかる", "架空 太郎", "見本 花子")


@dataclass(frozen=True)
class Look:
    """How a paper is seen."""

    degrees: float
    air: Air

    def __str__(self) -> str:
        air = self.air
        return f"turned {self.degrees:.1f}, blur {air.blur_px:.1f}, noise {air.noise:.1f}, light {air.light:.2f}"


def a_look(rng: np.random.Generator, blur: float = 2.0) -> Look:
    """Turned by up to 4 degrees, up to `blur` (sigma in pixels of the still), grain 1 to 6, light .6 to 1.05."""
    air = Air(float(rng.uniform(0.6, 1.05)), float(rng.uniform(0, blur)), noise=float(rng.uniform(1, 6)))
    return Look(float(rng.uniform(-4, 4)), air)


def digits(rng: np.random.Generator, number: int) -> str:
    return "".join(str(digit) for digit in rng.integers(0, 10, number))


def a_receipt(rng: np.random.Generator, letter: str | None = None) -> str:
    """A letter, four digits, a second of the last eight years, five digits."""
    moment = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=int(rng.integers(0, 8 * 365 * 86400)))
    first = letter or LETTERS[int(rng.integers(26))]
    return f"{first}{digits(rng, 4)}-{moment:%Y%m%d%H%M%S}-{digits(rng, 5)}"


def an_owner(rng: np.random.Generator, letter: str | None = None) -> Owner:
    contract = digits(rng, 9)
    return Owner(str(rng.choice(NAMES)), a_receipt(rng, letter), f"{contract[:7]}-{contract[7:]}")


def page_of(paper: Frame, look: Look, seed: int = 0, jitter: float = 0.0) -> tuple[Grey, int]:
    """The page, straightened from a still of the tray by its true corners (each off by up to `jitter` pixels)."""
    tall, wide = paper.shape[:2]
    lying = Lying(paper, (wide / 300 * 25.4, tall / 300 * 25.4), MIDDLE, look.degrees)
    still = render(Scene((lying,), look.air, seed))
    off = np.random.default_rng(seed).uniform(-jitter, jitter, (4, 2)).astype(np.float32)
    page = straighten(still, corners_in_frame(lying) + off, GEOMETRY)
    return as_grey(page.pixels), page.dpi


def preview_of(still: Frame) -> Frame:
    return np.asarray(cv2.resize(still, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.uint8)


def printed(kind: Kind, owner: Owner, seed: int) -> Frame:
    return print_paper(kind, owner, seed)
