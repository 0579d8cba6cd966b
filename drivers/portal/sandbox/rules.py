"""What the sandbox portal knows and takes: the manual's rules as values and small tests."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from io import BytesIO

from cryptography import x509
from msgspec import structs
from PIL import Image, UnidentifiedImageError

from drivers.portal import wire

TERMS_VERSION = "見本-2026-04"
MOST_PIXELS = 60_000_000
"""Of one picture: more than any camera or scanner makes of a paper, and no more than fits a memory."""

PDF = "application/pdf"
_PDF_PICTURE = re.compile(rb"stream\r?\n(\xff\xd8.*?\xff\xd9)\r?\nendstream", re.DOTALL)
_RECEIPT = re.compile(r"[A-Z][0-9]{4}-([0-9]{14})-[0-9]{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rules:
    """`numbers` are the known pairs of contract number (empty for an applicant) and receipt number; `revocations`
    fetches the newest revocation list (DER) of the authority that certifies cards.
    """

    numbers: Collection[tuple[str, str]] = field(repr=False)
    ca_certificate: x509.Certificate
    revocations: Callable[[], bytes]
    fields: tuple[wire.FieldAnswer, ...] = ()
    limits: wire.LimitsAnswer = field(default_factory=wire.LimitsAnswer)

    def refusal_of_numbers(self, contract: str, receipt: str) -> wire.Refusal | None:
        """9 digits or nothing, a receipt number with a real date and time, and both known together."""
        if contract and not (
            re.fullmatch("[0-9]{9}", contract) and any(contract == known for known, _ in self.numbers)
        ):
            return wire.Refusal.CONTRACT_UNKNOWN
        if not looks_like_receipt(receipt) or (contract, receipt) not in self.numbers:
            return wire.Refusal.RECEIPT_UNKNOWN
        return None

    def fields_are_right(self, values: dict[str, str]) -> bool:
        """Every required field, no unknown one, each as its pattern says."""
        known = {one.name: one for one in self.fields}
        return set(values) <= set(known) and all(
            len(values.get(name, "")) <= one.longest
            and (not one.required or values.get(name))
            and (not one.pattern or not values.get(name) or re.fullmatch(one.pattern, values[name]))
            for name, one in known.items()
        )


def taking_pdf(limits: wire.LimitsAnswer, wanted: bool) -> wire.LimitsAnswer:
    """The same limits, with papers of several pages as one file or without."""
    kinds = tuple(kind for kind in limits.media_types if kind != PDF)
    return structs.replace(limits, media_types=(*kinds, PDF) if wanted else kinds)


def files_are_right(files: Collection[tuple[str, bytes]], limits: wire.LimitsAnswer) -> bool:
    """One file at least, within the limits together, each of a taken media type and really of pictures."""
    return (
        1 <= len(files) <= limits.files
        and sum(len(content) for _, content in files) <= limits.total_bytes
        and all(media_type in limits.media_types for media_type, _ in files)
        and all(pictures_of(media_type, content) for media_type, content in files)
    )


def pictures_of(media_type: str, content: bytes) -> tuple[bytes, ...]:
    """The JPEG files that a file is or holds; none where one of them cannot be read, or it is another kind of file."""
    if media_type == PDF:
        whole = content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
        found = tuple(_PDF_PICTURE.findall(content)) if whole else ()
    else:
        found = (content,)
    return found if all(map(is_picture, found)) else ()


def is_picture(content: bytes) -> bool:
    """Whether it is a JPEG that can be read to its end and is not larger than any paper."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG"]) as picture:
            wide, tall = picture.size
            if wide * tall > MOST_PIXELS:
                return False
            picture.draft("L", (wide // 8, tall // 8))  # every byte is read, an eighth is calculated
            picture.load()
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,  # Pillow's word for a broken file
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return False
    return True


def looks_like_receipt(receipt: str) -> bool:
    """`X9999-YYYYMMDDhhmmss-99999` with a real date and time."""
    match = _RECEIPT.fullmatch(receipt)
    if match is None:
        return False
    try:
        datetime.strptime(match[1] + "+0900", "%Y%m%d%H%M%S%z")
    except ValueError:
        return False
    return True


def sample_terms(limits: wire.LimitsAnswer) -> wire.TermsAnswer:
    """The two documents, in our own words, 見本 in every paragraph."""
    here = resources.files(__package__)
    return wire.TermsAnswer(
        TERMS_VERSION,
        (
            wire.DocumentAnswer(
                "中小機構マイナ手続きポータル利用規約", here.joinpath("sample_terms.txt").read_text("utf-8").strip()
            ),
            wire.DocumentAnswer(
                "中小機構個人情報保護管理規程", here.joinpath("sample_privacy.txt").read_text("utf-8").strip()
            ),
        ),
        limits,
    )
