"""How well numbers are read off papers, and My Numbers noticed. Figures, not verdicts; conditions stand above each."""

import statistics
from collections import Counter
from time import process_time

import numpy as np
import pytest

from drivers.bench.papers import Kind, print_paper
from drivers.ocr.tesseract import Tesseract
from kiosk.documents.digit_rows import ink_of, searched
from kiosk.documents.my_number import find_my_numbers
from kiosk.documents.printed_numbers import find_numbers, offers
from tests.documents.number_sheets import MINE, OTHERS, letter_numbers, number_sheet, placed
from tests.documents.numbered import a_look, an_owner, page_of
from tests.figures.tables import table

pytestmark = pytest.mark.bench

LETTERS = 40
SHEETS = 40
LETTER_SHEETS = 25
KINDS = (Kind.NOTICE, Kind.FAX, Kind.FORM, Kind.SEAL)
BLUR = 1.5
OUTLINE = 1.0  # pixels of the still by which each corner is off

CONDITIONS = (
    f"stills of 12 MP of the rendered tray, turned by up to 4 degrees, blurred by up to {BLUR} px (sigma), grain 1 "
    f"to 6, light .6 to 1.05, each corner off by up to {OUTLINE} px; tesseract jpn at 200 dpi"
)


def reader() -> Tesseract:
    found = Tesseract(most_seconds=60)
    if found.lacking:
        pytest.skip(found.lacking)
    return found


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


def test_numbers_of_letters() -> None:
    """Half of the receipt numbers begin with S, as the published one does, the others with any letter."""
    read = reader().read
    counted: Counter[tuple[Kind, str]] = Counter()
    spent = []
    for seed in range(LETTERS):
        rng = np.random.default_rng([seed, 7])
        kind = KINDS[seed % len(KINDS)]
        owner = an_owner(rng, "S" if seed % 8 < 4 else None)
        page, dpi = page_of(print_paper(kind, owner, seed), a_look(rng, BLUR), seed, OUTLINE)
        begun = process_time()
        found = offers(page, dpi, (), read)
        spent.append(process_time() - begun)
        on_it = {Kind.NOTICE: (owner.receipt, None), Kind.FAX: (owner.receipt, None)}.get(kind, (None, owner.contract))
        for true, offered in zip(on_it, (found.receipt, found.contract), strict=True):
            wanted = true.replace("-", "") if true else None
            verdict = "right" if offered == wanted else "none" if offered is None else "WRONG"
            counted[kind, verdict] += (true or offered) is not None
    rows: list[tuple[str, ...]] = [("", "offered right", "not offered", "WRONG")]
    for kind in KINDS:
        whole = sum(number for (one, _), number in counted.items() if one is kind)
        rows.append((kind.value, *(share(counted[kind, verdict], whole) for verdict in ("right", "none", "WRONG"))))
    table(f"Numbers offered for confirmation, {LETTERS} letters: {CONDITIONS}", rows)
    print(f"  own processor time {statistics.median(spent):.2f} s a letter, without tesseract's")


def test_many_numbers_of_a_kind() -> None:
    """Sheets with nine receipt and eight contract numbers each, in four faces, 3.2 to 5.6 mm."""
    read = reader().read
    counted: Counter[tuple[str, str]] = Counter()
    for seed in range(2000, 2000 + LETTER_SHEETS):
        paper, receipts, contracts = letter_numbers(seed)
        page, dpi = page_of(paper, a_look(np.random.default_rng([seed, 1]), BLUR), seed, OUTLINE)
        small, dpi = searched(page, dpi)
        found = find_numbers(ink_of(small), dpi, read)
        for name, true, read_so in (
            ("受付番号", receipts, found.receipts),
            ("共済契約者番号", contracts, [text for _, text in found.contracts]),
        ):
            counted[name, "right"] += len(set(true) & set(read_so))
            counted[name, "none"] += len(set(true) - set(read_so))
            counted[name, "WRONG"] += len(set(read_so) - set(true))
    rows: list[tuple[str, ...]] = [("", "read right", "not read", "WRONG")]
    for name in ("受付番号", "共済契約者番号"):
        whole = counted[name, "right"] + counted[name, "none"]
        rows.append((name, *(share(counted[name, verdict], whole) for verdict in ("right", "none", "WRONG"))))
    table(f"Numbers read alike twice, {LETTER_SHEETS} sheets: {CONDITIONS}", rows)


def test_my_numbers() -> None:
    """Sheets of 17 numbers each, in four faces, 3.4 to 5.6 mm; half of the others fit the check digit, too."""
    read = reader().read
    noticed: Counter[tuple[str, bool]] = Counter()
    fitting: Counter[bool] = Counter()
    other: Counter[bool] = Counter()
    for seed in range(1000, 1000 + SHEETS):
        paper, printed = number_sheet(seed)
        page, dpi = page_of(paper, a_look(np.random.default_rng([seed, 1]), BLUR), seed, OUTLINE)
        boxes = find_my_numbers(page, dpi, (), read)
        assert boxes is not None
        for one in printed:
            seen = any(placed(one, (box.top + box.bottom) / 2) for box in boxes)
            noticed[one.way, seen] += 1
            if not one.mine:
                (fitting if one.fits else other)[seen] += 1
    rows: list[tuple[str, ...]] = [("My Numbers", "noticed")]
    mine = [sum(noticed[way, seen] for way in MINE) for seen in (True, False)]
    rows += [(way, share(noticed[way, True], noticed[way, True] + noticed[way, False])) for way in MINE]
    rows += [("all", share(mine[0], sum(mine))), ("other numbers", "taken for one")]
    rows += [(way, share(noticed[way, True], noticed[way, True] + noticed[way, False])) for way in OTHERS]
    rows.append(("all whose check digit fits", share(fitting[True], fitting.total())))
    rows.append(("all whose check digit does not", share(other[True], other.total())))
    chance = (fitting[True] / max(fitting.total(), 1) + 10 * other[True] / max(other.total(), 1)) / 11
    rows.append(("one in eleven fitting, as by chance", f"{100 * chance:.2f} %"))
    table(f"My Numbers on {SHEETS} sheets: {CONDITIONS}", rows)
