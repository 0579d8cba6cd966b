"""Papers of several pages as one PDF file: only where the portal says that it takes them, and whole ones only."""

import numpy as np
import pytest
import requests

from kiosk.documents.encode import EncodedFiles, Sheet, encode_files
from kiosk.failures import DriverError, Failure
from kiosk.ports import Enclosure
from tests.drivers.portal.world import KEY, PAGE, World, a_submission, nothing


def a_paper(pages: int) -> Enclosure:
    """A PDF file as a visit makes it."""
    rng = np.random.default_rng(pages)
    sheets = [Sheet(rng.integers(200, 255, (300, 210, 3)).astype(np.uint8), 200) for _ in range(pages)]
    packed = encode_files([sheets], 1_000_000, pdf=True)
    assert isinstance(packed, EncodedFiles)
    (file,) = packed.files
    return Enclosure("page-1.pdf", file.media_type, file.content)


def test_the_terms_say_whether_pdf_is_welcome(world: World) -> None:
    client = world.client()
    assert not client.terms().limits.pdf
    world.sandbox.take_pdf(True)
    assert client.terms().limits.pdf
    world.sandbox.take_pdf(False)
    assert not client.terms().limits.pdf


def test_a_paper_of_three_pages_is_received_as_one_file_and_shown_page_by_page(world: World) -> None:
    world.sandbox.take_pdf(True)
    submitted = world.ready().submit(a_submission(a_paper(3), PAGE), KEY, nothing)
    (row,) = world.sandbox.submissions
    assert [file.media_type for file in row.handed.files] == ["application/pdf", "image/jpeg"]
    with requests.Session() as browser:
        browser.trust_env = False
        desk = browser.get(world.sandbox.desk_url).text
        assert all(name in desk for name in ("1枚目の1", "1枚目の2", "1枚目の3", "2枚目"))
        pages = [browser.get(f"{world.sandbox.desk_url}{submitted.number}/{place}.jpg") for place in range(1, 6)]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 404]
    assert all(page.content.startswith(b"\xff\xd8") for page in pages[:4])


@pytest.mark.parametrize("damage", ["unasked", "cut", "no picture", "another file"])
def test_what_is_no_paper_is_refused(world: World, damage: str) -> None:
    if damage != "unasked":
        world.sandbox.take_pdf(True)
    whole = a_paper(2).content
    content = {
        "unasked": whole,
        "cut": whole[: len(whole) // 2],
        "no picture": b"%PDF-1.3\n%%EOF\n",
        "another file": b"#!/bin/sh\n" + whole,
    }[damage]
    with pytest.raises(DriverError) as caught:
        world.ready().submit(a_submission(Enclosure("page-1.pdf", "application/pdf", content)), KEY, nothing)
    assert caught.value.failure is Failure.SUBMISSION_REFUSED
    assert world.sandbox.submissions == ()
