"""The portal's limit is kept to the byte, and files carry pixels only."""

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from kiosk.documents.encode import (
    EncodedFiles,
    EncodedPages,
    NoFit,
    Sheet,
    encode_files,
    encode_jpeg,
    encode_pages,
    weigh,
)
from tests.documents.trays import sheet

LIMIT = 10_000_000


def segments(jpeg: bytes) -> list[int]:
    """The markers before the first scan."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def noisy(seed: int, dpi: int = 300) -> Sheet:
    """The worst that a sensor gives: noise all over an A4 page."""
    tall, wide = 297 * dpi * 10 // 254, 210 * dpi * 10 // 254
    noise = np.random.default_rng(seed).normal(200, 22, (tall, wide)).clip(0, 255).astype(np.uint8)
    return Sheet(np.repeat(noise[:, :, None], 3, axis=2), dpi)


def test_five_usual_pages_fit_at_their_best() -> None:
    sheets = [Sheet(sheet(kind), 300) for kind in (Kind.NOTICE, Kind.FORM, Kind.SEAL, Kind.FAX, Kind.RECEIPT)]
    packed = encode_pages(sheets, LIMIT)
    assert isinstance(packed, EncodedPages)
    assert packed.dpi == 300
    assert packed.quality >= 85
    assert sum(len(page.jpeg) for page in packed.pages) <= LIMIT


def test_five_noisy_pages_meet_the_limit_together() -> None:
    packed = encode_pages([noisy(seed) for seed in range(5)], LIMIT)
    assert isinstance(packed, EncodedPages)
    assert 200 <= packed.dpi <= 300
    assert 55 <= packed.quality <= 92
    assert sum(len(page.jpeg) for page in packed.pages) <= LIMIT
    for page in packed.pages:
        picture = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape[:2] == (page.height_px, page.width_px)


def test_the_limit_holds_to_the_byte() -> None:
    sheets = [Sheet(noisy(1, 200).pixels[:600, :400], 200)]
    least = len(encode_jpeg(sheets[0].pixels, 55))
    exact, short = encode_pages(sheets, least), encode_pages(sheets, least - 1)
    assert isinstance(exact, EncodedPages)
    assert len(exact.pages[0].jpeg) == least
    assert short == NoFit(0)


def test_what_cannot_fit_names_the_page_that_costs_most() -> None:
    plain = Sheet(np.full((800, 600, 3), 250, np.uint8), 200)
    assert encode_pages([plain, noisy(2, 200), plain], 100_000) == NoFit(1)


def test_resolution_never_falls_below_what_stays_legible() -> None:
    packed = encode_pages([noisy(3)], 1_500_000)
    assert isinstance(packed, EncodedPages)
    assert packed.pages[0].width_px >= 210 * 200 // 25.4
    assert packed.dpi < 300


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.SEAL])
def test_files_carry_no_metadata(kind: Kind) -> None:
    markers = segments(encode_jpeg(sheet(kind), 85))
    assert 0xE1 not in markers  # EXIF, XMP
    assert 0xFE not in markers  # comment
    assert set(markers) & set(range(0xE2, 0xF0)) == set()


def test_progress_only_rises_and_ends_at_the_whole() -> None:
    heard: list[tuple[int, int]] = []
    encode_pages([noisy(4)], 2_000_000, lambda done, whole: heard.append((done, whole)))
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]


def test_nothing_packs_to_nothing() -> None:
    packed = encode_pages([], LIMIT)
    assert isinstance(packed, EncodedPages)
    assert packed.pages == ()


def small(seed: int, side: int = 400) -> Sheet:
    return Sheet(noisy(seed, 200).pixels[:side, :side], 200)


def test_one_page_is_a_jpeg_file_and_several_are_a_pdf_that_holds_them_byte_by_byte() -> None:
    packed = encode_files([[small(1)], [small(2), small(3)]], LIMIT, pdf=True)
    assert isinstance(packed, EncodedFiles)
    single, bound = packed.files
    assert (single.media_type, bound.media_type) == ("image/jpeg", "application/pdf")
    assert single.content == single.pages[0].jpeg
    assert bound.content.startswith(b"%PDF-")
    for page in bound.pages:
        assert bound.content.count(page.jpeg) == 1


def test_where_no_pdf_is_taken_every_page_is_a_file() -> None:
    packed = encode_files([[small(1), small(2)], [small(3)]], LIMIT, pdf=False)
    assert isinstance(packed, EncodedFiles)
    assert [file.media_type for file in packed.files] == ["image/jpeg"] * 3


def test_a_pdf_bears_no_date_no_name_and_no_chance() -> None:
    first, second = (encode_files([[small(1), small(2)]], LIMIT, pdf=True) for _ in range(2))
    assert isinstance(first, EncodedFiles)
    assert first == second
    bare = first.files[0].content
    for page in first.files[0].pages:
        bare = bare.replace(page.jpeg, b"")
    for word in (b"Date", b"Producer", b"Creator", b"Author", b"Title", b"img2pdf", b"XML", b"Metadata", b"/ID"):
        assert word not in bare


@pytest.mark.parametrize("limit", [400_000, 250_000, 240_123])
def test_files_with_their_bindings_keep_the_limit(limit: int) -> None:
    packed = encode_files([[small(1), small(2), small(3)], [small(4), small(5)], [small(6)]], limit, pdf=True)
    assert isinstance(packed, EncodedFiles)
    assert sum(len(file.content) for file in packed.files) <= limit
    assert packed.quality == 92 or sum(len(file.content) for file in packed.files) > 0.9 * limit


def test_what_a_page_weighs_is_what_packing_gives_where_it_fits() -> None:
    sheets = [small(seed) for seed in range(3)]
    weights = [weigh(one) for one in sheets]
    packed = encode_pages(sheets, LIMIT)
    assert isinstance(packed, EncodedPages)
    assert [weight.best for weight in weights] == [len(page.jpeg) for page in packed.pages]


def test_pages_that_are_too_large_at_their_best_are_made_as_large_as_the_limit() -> None:
    sheets = [small(seed) for seed in range(3)]
    limit = sum(weigh(one).best for one in sheets) * 2 // 3
    packed = encode_pages(sheets, limit)
    assert isinstance(packed, EncodedPages)
    assert 0.9 * limit < sum(len(page.jpeg) for page in packed.pages) <= limit


def test_what_will_not_fit_is_known_before_packing() -> None:
    sheets = [small(1, 100), small(2, 400)]
    least = sum(weigh(one).least for one in sheets)
    assert encode_pages(sheets, least - 1) == NoFit(1)
    assert isinstance(encode_pages(sheets, least), EncodedPages)


@pytest.mark.parametrize("limit", [0, 1, -5])
def test_no_room_at_all_is_no_fit(limit: int) -> None:
    assert encode_files([[small(1), small(2)]], limit, pdf=True) == NoFit(1)


def test_the_best_quality_that_fits_is_found_in_few_tries() -> None:
    heard: list[int] = []
    sheets = [small(seed) for seed in range(5)]
    best = sum(weigh(one).best for one in sheets)
    for share in (0.9, 0.7, 0.5):
        heard.clear()
        packed = encode_pages(sheets, int(best * share), lambda done, _whole: heard.append(done))
        assert isinstance(packed, EncodedPages)
        assert len(heard) - 1 <= 5 * 5
