"""The operator's desk shows what arrived, to nobody but who sits at this machine, and runs nothing of what it shows."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from drivers.bench.papers import Kind, Owner, print_paper
from drivers.portal.sandbox.desk import ON_ONE_PAGE, Desk
from drivers.portal.sandbox.ledger import Handed, Ledger
from drivers.portal.wire import AttributesRequest
from kiosk.ports import Enclosure
from tests.drivers.bench.chromium import browsing, installed
from tests.drivers.bench.world import soon
from tests.drivers.portal.world import (
    ADDRESS,
    APPLICANTS_RECEIPT,
    ATTRIBUTES,
    CONTRACT,
    KEY,
    PAGE,
    RECEIPT,
    World,
    a_picture,
    a_submission,
    nothing,
)

HOSTILE = '</dd><script>document.title="taken"</script><img src=x onerror=alert(1)>"&amp;\'$count${pages}'


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


class Tags(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def sources(self) -> list[str | None]:
        return [said["src"] for tag, said in self.seen if tag == "img"]


def handed(name: str = "見本 ツル", receipt: str = RECEIPT, *files: Enclosure) -> Handed:
    said = AttributesRequest(name, "青森県青森市架空1-1", "19260000", "2")
    return Handed(CONTRACT, receipt, (), files or (PAGE,), ADDRESS, said, 4711)


def a_desk(*rows: Handed) -> Desk:
    ledger = Ledger(lambda: datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
    for number, row in enumerate(rows):
        ledger.receive(f"key-{number}", row)
    return Desk(ledger)


def page_of(desk: Desk, path: str = "/") -> Tags:
    reply = desk.answer("GET", path)
    assert reply.status == 200
    return Tags(reply.content.decode())


def test_what_was_handed_in_is_to_be_seen(world: World, browser: requests.Session) -> None:
    assert "まだ何も届いていません" in browser.get(world.sandbox.desk_url, timeout=5).text
    client = world.ready()
    picture = a_picture(30, 40)
    number = client.submit(a_submission(PAGE, picture), KEY, nothing).number
    client.settle("void" * 8)
    page = Tags(browser.get(world.sandbox.desk_url, timeout=5).content.decode())
    for said in (number, "2026-11-22 10:00:00", CONTRACT, RECEIPT, ATTRIBUTES.name, ATTRIBUTES.address, ADDRESS):
        assert str(said) in page.text
    assert "1926年00月00日" in page.text
    assert "女性" in page.text
    assert "void" * 8 in page.text
    assert page.sources() == [f"/{number}/1.jpg", f"/{number}/2.jpg"]
    for source, sent in zip(page.sources(), (PAGE, picture), strict=True):
        shown = browser.get(f"{world.sandbox.desk_url}{str(source)[1:]}", timeout=5)
        assert shown.headers["Content-Type"] == "image/jpeg"
        assert shown.content == sent.content


def test_nothing_that_a_visitor_wrote_is_markup() -> None:
    row = handed(HOSTILE)
    hostile = replace(row, address=HOSTILE, fields=((HOSTILE, HOSTILE),))
    page = page_of(a_desk(hostile))
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "iframe", "form", "object", "svg", "style"}
    assert page.sources() == ["/0101-2026-1122-00001/1.jpg"]
    assert not any(name.startswith("on") for _, said in page.seen for name in said)
    assert page.text.count(HOSTILE) == 4


def test_the_newest_come_first_a_page_at_a_time() -> None:
    desk = a_desk(*(handed(f"visitor {number:02}", APPLICANTS_RECEIPT) for number in range(ON_ONE_PAGE + 3)))
    first, second, third = (page_of(desk, path).text for path in ("/", "/?page=2", "/?page=3"))
    assert first.index("visitor 12") < first.index("visitor 11") < first.index("visitor 03")
    assert "visitor 02" not in first
    assert second.index("visitor 02") < second.index("visitor 00")
    assert "visitor" not in third
    assert ("古いもの" in first, "新しいもの" in first) == (True, False)
    assert ("古いもの" in second, "新しいもの" in second) == (False, True)


@pytest.mark.parametrize(
    "path",
    [
        "/favicon.ico",
        "/?page=0",
        "/?page=9999999",
        "/?page=1&x",
        "/../desk.py",
        "/desk.css/",
        "/0101-2026-1122-00001/0.jpg",
        "/0101-2026-1122-00001/2.jpg",
        "/0101-2026-1122-00002/1.jpg",
        "/0101-2026-1122-00001/1.png",
    ],
)
def test_nothing_else_is_there(path: str) -> None:
    assert a_desk(handed()).answer("GET", path).status == 404


def test_it_can_only_be_looked_at_and_only_from_here(world: World, browser: requests.Session) -> None:
    url = world.sandbox.desk_url
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert browser.request(method, url, timeout=5).status_code == 405
    for host in ("desk.example.jp", "127.0.0.1", ""):
        assert browser.get(url, headers={"Host": host}, timeout=5).status_code == 421
    answer = browser.get(url.replace("127.0.0.1", "localhost"), timeout=5)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_who_asks_without_a_host_is_nobody(world: World) -> None:
    line = HTTPConnection(world.sandbox.desk_url.split("/")[2], timeout=5)
    line.putrequest("GET", "/", skip_host=True)
    line.endheaders()
    assert line.getresponse().status == 421
    line.close()


@pytest.mark.skipif(installed() is None, reason="there is no chromium here to open the desk with")
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=lambda size: f"{size[0]}")
def test_a_browser_shows_the_papers(world: World, tmp_path: Path, size: tuple[int, int]) -> None:
    client = world.ready()
    papers = [a_paper(kind) for kind in (Kind.NOTICE, Kind.FORM, Kind.RECEIPT)]
    client.submit(a_submission(*papers), KEY, nothing)
    client.submit(a_submission(papers[1]), "0" * 32, nothing)
    client.settle("void" * 8)
    with browsing(world.sandbox.desk_url, tmp_path / "profile") as tab:
        tab.ask("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
        drawn = "[...document.images].map((one) => one.complete && one.naturalWidth)"
        tab.run("[...document.images].forEach((one) => { one.loading = 'eager' })")
        assert soon(lambda: all(tab.run(drawn)))
        assert len(tab.run(drawn)) == 4
        assert tab.run("document.styleSheets.length") == 1
        assert tab.run("document.documentElement.scrollWidth <= innerWidth")
        if "SHOTS" in os.environ:
            tab.photograph(Path(os.environ["SHOTS"]) / f"desk-{size[0]}.png")


def a_paper(kind: Kind) -> Enclosure:
    file = BytesIO()
    picture = Image.fromarray(print_paper(kind, Owner(ATTRIBUTES.name, RECEIPT, CONTRACT)))
    picture.resize((picture.width // 2, picture.height // 2)).save(file, "JPEG", quality=70)
    return Enclosure("page", "image/jpeg", file.getvalue())
