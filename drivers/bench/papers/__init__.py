"""Sample papers, printed into memory: what a visitor might lay on the tray, with invented words and 見本 on every
one.

A paper is an RGB picture at 300 dpi. The same kind, numbers and seed give the same pixels, so a test may rely on
them. Nothing here is copied from a real form: offices, people, numbers and amounts are made up.
"""

from collections.abc import Callable
from enum import Enum

import numpy as np
import numpy.typing as npt

from drivers.bench.papers import letters, numbered
from drivers.bench.papers.numbered import CARD_MM
from drivers.bench.papers.owner import Owner
from drivers.bench.papers.sheet import A4_MM, Sheet

__all__ = ["A4_MM", "CARD_MM", "RECEIPT_MM", "SIZES_MM", "Kind", "Owner", "print_paper"]

RECEIPT_MM = (80.0, 190.0)


class Kind(Enum):
    """Which sample paper."""

    NOTICE = "notice"  # a letter with a 受付番号
    FORM = "form"  # a ruled form with a hyphenated 共済契約者番号
    RECEIPT = "receipt"  # a narrow till receipt
    SEAL = "seal"  # a short certificate with a red 印鑑
    DENSE = "dense"  # small print from margin to margin
    FAX = "fax"  # coarse, grey and faint
    TAX_RETURN = "tax-return"  # boxes of one digit each, among them a My Number's
    CODED_NOTICE = "coded-notice"  # the letter, with a QR code that holds its 受付番号
    IMPOSSIBLE_NOTICE = "impossible-notice"  # the letter, its 受付番号 dated the 30th of February
    CARD_BACK = "card-back"  # looks like the back of a My Number Card


SIZES_MM = {Kind.RECEIPT: RECEIPT_MM, Kind.CARD_BACK: CARD_MM}
"""All others are A4."""

_PRINTERS: dict[Kind, Callable[[Sheet, Owner, np.random.Generator], None]] = {
    Kind.NOTICE: letters.notice,
    Kind.FORM: letters.form,
    Kind.RECEIPT: letters.receipt,
    Kind.SEAL: letters.certificate,
    Kind.DENSE: letters.dense,
    Kind.FAX: letters.fax,
    Kind.TAX_RETURN: numbered.tax_return,
    Kind.CODED_NOTICE: numbered.coded_notice,
    Kind.IMPOSSIBLE_NOTICE: numbered.impossible_notice,
    Kind.CARD_BACK: numbered.card_back,
}


def print_paper(kind: Kind, owner: Owner | None = None, seed: int = 0) -> npt.NDArray[np.uint8]:
    """The paper as RGB pixels, shape (height, width, 3), at 300 dpi."""
    owner = owner or Owner()
    rng = np.random.default_rng([seed, list(Kind).index(kind)])
    sheet = Sheet(SIZES_MM.get(kind, A4_MM))
    _PRINTERS[kind](sheet, owner, rng)
    sheet.stamp_sample()
    pixels = np.array(sheet.image, dtype=np.uint8)
    return letters.as_faxed(pixels, rng) if kind is Kind.FAX else pixels
