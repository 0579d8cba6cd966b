"""A visitor of whom nobody has ever heard, and everything of them that could be left behind, as bytes to look for.

Name, address and mail address are drawn by lot, so that whoever holds them has them from this visit. The paper is
photographed once more by the test, beneath a tray of its own: the same scene gives the same pixels, so the bytes of
camera frame, page and file are known before the terminal has seen them.
"""

import itertools
import secrets
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from drivers.bench.bench import PAPERS, printed
from drivers.bench.visitors import Visitor, guest
from drivers.camera import tray
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from kiosk.documents.straighten import TrayGeometry
from kiosk.effects import Leaf
from kiosk.settings import load
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.visit import Guidance
from tests.journeys.sieve import in_every_encoding

_KANJI = tuple(bytes((row, column)).decode("euc_jp") for row in range(0xB0, 0xCF) for column in range(0xA1, 0xFF))
_PIECE = 48  # bytes
_PIECES = 12
_LIVELY = 16  # different bytes in a piece: no plain ground, no ramp
_FRAME_SECONDS = 0.2

Pixels = npt.NDArray[np.uint8]


def stranger(number: int) -> Visitor:
    """Somebody whom the bench will know by this number once they are invited."""
    name = f"{_lot(4)}\u3000{_lot(4)}"
    address = f"架空県{_lot(4)}市{_lot(4)}町{secrets.randbelow(90) + 10}-{secrets.randbelow(90) + 10}"
    return guest(number, name, address, f"{secrets.token_hex(6)}@example.jp")


def words_of(who: Visitor) -> dict[str, tuple[bytes, ...]]:
    """What the card says and what is typed, whole and in the parts into which a line may be broken."""
    name, address, mail = who.holder.name, who.holder.address, who.mail
    parts = address.removeprefix("架空県").partition("市")
    return {
        "name": in_every_encoding(name, *name.split("\u3000")),
        "address": in_every_encoding(address, parts[0], parts[2].partition("町")[0]),
        "mail": in_every_encoding(mail, mail.partition("@")[0]),
    }


def documents_of(who: Visitor) -> dict[str, tuple[bytes, ...]]:
    """Pieces of the paper on its way: previews and still of the camera, the straightened page, the file."""
    lying, pages = SimulatedTray(), Portfolio()
    moments = itertools.count()
    geometry = TrayGeometry(*tray.TRAY_MM, tray.QUAD)
    scanning = Scanning(SimulatedCamera(lying, 0), pages, geometry, lambda: next(moments) * _FRAME_SECONDS)
    scanning.open()
    scanning.look()
    lying.lay(printed(PAPERS[0], who))
    while (seen := scanning.look()) is None or seen.sight.guidance is not Guidance.READY:
        assert next(moments) < 1000, "the paper is not found"
    scanning.photograph(1)
    scanning.pack([Leaf(1)], load(simulate=True).papers.aim_bytes, False, lambda _done, _whole: None)
    flat, thumbnail = pages.page(1), pages.thumbnail(1)
    assert flat is not None
    assert thumbnail is not None
    (file,) = pages.enclosures([1])
    return {
        "preview": tuple(piece for count in range(4) for piece in pieces_of(lying.preview(count).tobytes())),
        "still": tuple(pieces_of(lying.still().tobytes())),
        "page": tuple(pieces_of(flat.tobytes())),
        "thumbnail": tuple(pieces_of(thumbnail.tobytes())),
        "file": tuple(pieces_of(file.content)),
    }


def picture_of(glass: Pixels, others: Pixels) -> tuple[bytes, ...]:
    """Pieces of a glass (rows of four bytes a pixel: blue, green, red, none) where it differs from the same screen of
    somebody else (red, green, blue).
    """
    differs = (glass[..., :3] != others[..., ::-1]).any(axis=2)
    found: list[bytes] = []
    for row in np.flatnonzero(differs.any(axis=1)):
        columns = np.flatnonzero(differs[row])
        start = int(columns[len(columns) // 2])
        found += _lively(glass[row, start : start + _PIECE // 4].tobytes())
    return tuple(found[:: max(1, len(found) // _PIECES)])


def pieces_of(content: bytes) -> Iterator[bytes]:
    """Some from everywhere in it."""
    lots = np.random.default_rng(0).permutation(max(1, len(content) - _PIECE))
    lively = (piece for start in lots for piece in _lively(content[start : start + _PIECE]))
    return itertools.islice(lively, _PIECES)


def _lively(piece: bytes) -> list[bytes]:
    return [piece] if len(piece) == _PIECE and len(set(piece)) >= _LIVELY else []


def _lot(letters: int) -> str:
    return "".join(secrets.choice(_KANJI) for _ in range(letters))
