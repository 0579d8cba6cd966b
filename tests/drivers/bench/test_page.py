"""The bench page by plain HTTP: all the hands, the glass, and nobody else's site."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import requests
from PIL import Image

from drivers.bench.hands import CASES
from drivers.bench.page import MOST_PICTURE_BYTES, TOKEN_HEADER
from kiosk.shell.mirror import Mirror
from tests.drivers.bench.world import Standing, soon


class Browser:
    """A browser that has the page open."""

    def __init__(self, bench: Standing) -> None:
        self.url = bench.page
        self.session = requests.Session()
        self.session.trust_env = False
        page = self.get("")
        self.policy = page.headers["Content-Security-Policy"]
        found = re.search(r'name="bench-token" content="([\w-]{20,})"', page.text)
        assert found is not None
        self.token = found[1]

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(self.url + path, headers=headers, timeout=20)

    def post(self, path: str, body: bytes | str, **headers: str) -> requests.Response:
        return self.session.post(self.url + path, data=body, headers={TOKEN_HEADER: self.token, **headers}, timeout=20)


@pytest.fixture
def browser(paged: Standing) -> Iterator[Browser]:
    browser = Browser(paged)
    yield browser
    browser.session.close()


def test_the_page_loads_nothing_but_its_own_files_and_the_mail_s_page(browser: Browser) -> None:
    for name, media in (("page.css", "text/css"), ("page.js", "text/javascript")):
        file = browser.get(name)
        assert (file.status_code, file.headers["Content-Type"]) == (200, f"{media}; charset=utf-8")
        assert "http" not in file.text
    assert "default-src 'none'" in browser.policy
    assert re.search(r"frame-src http://127\.0\.0\.1:\d+;", browser.policy)


def test_the_page_leads_to_the_operator_s_desk(browser: Browser) -> None:
    (desk,) = re.findall(r'<a href="(http://127\.0\.0\.1:\d+/)"', browser.get("").text)
    shown = browser.session.get(desk, timeout=20)
    assert shown.status_code == 200
    assert "見本" in shown.content.decode()


def test_a_hand_played_on_the_page_is_played_on_the_bench(paged: Standing, browser: Browser) -> None:
    assert browser.post("hand", "lay-card 5 locked").text == "ok"
    assert paged.hands.state()["card"]["visitor"] == 5
    slipped = browser.post("hand", "lay-card 9")
    assert (slipped.status_code, slipped.text) == (409, "error a visitor is a number from 1 to 6")
    assert browser.get("state").json() == {**paged.hands.state(), "glass": False}
    assert browser.get("mails").json() == []
    choices = browser.get("choices").json()
    assert len(choices["visitors"]) == 6
    assert tuple(choices["cases"]) == CASES


def test_a_picture_of_one_s_own_lies_on_the_tray(paged: Standing, browser: Browser) -> None:
    file = BytesIO()
    Image.new("RGB", (300, 400), (200, 30, 30)).save(file, "JPEG")
    assert browser.post("paper", file.getvalue()).text == "ok"
    assert paged.hands.state()["papers"] == [{"name": "a picture of your own", "degrees": 0.0}]
    strip = BytesIO()
    Image.new("1", (2_000_000, 1)).save(strip, "BMP")
    for content in (b"", b"no picture", file.getvalue()[:40], strip.getvalue()):
        refused = browser.post("paper", content)
        assert (refused.status_code, refused.text) == (409, "error the file is not a picture")
    file = BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    assert browser.post("paper", file.getvalue()).text == "error the picture has too many pixels"


def test_the_page_names_no_files_of_who_runs_the_bench(paged: Standing, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "own.png"
    Image.new("RGB", (30, 40)).save(file)
    for words in (f"lay-paper {file}", f"LAY_PAPER {file} 90", "lay-paper"):
        assert browser.post("hand", words).status_code == 409
    assert paged.hands.state()["papers"] == []
    assert browser.post("hand", "lay-paper 2").text == "ok"


def test_a_picture_above_twenty_megabytes_is_not_even_read(paged: Standing, browser: Browser) -> None:
    for path, length in (("/paper", MOST_PICTURE_BYTES + 1), ("/hand", 5000)):
        line = HTTPConnection(paged.page.split("/")[2], timeout=20)
        line.putrequest("POST", path)
        line.putheader(TOKEN_HEADER, browser.token)
        line.putheader("Content-Length", str(length))
        line.endheaders()
        assert line.getresponse().status == 413
        line.close()
    assert browser.post("hand", "take-card").text == "ok"


def test_the_glass_is_shown_and_touched(paged: Standing, browser: Browser) -> None:
    touches: list[tuple[int, int, bool]] = []
    assert browser.post("touch", '{"x": 1, "y": 1, "down": true}').status_code == 503
    mirror = Mirror(paged.folder / "mirror.sock", lambda *touch: touches.append(touch))
    stands = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    mirror.show(stands)
    assert soon(lambda: browser.get("state").json()["glass"])
    exact = browser.get("glass.png")
    with Image.open(BytesIO(exact.content)) as picture:
        assert np.array_equal(np.asarray(picture), stands)
    live = browser.get("glass.jpg?after=0")
    assert (live.status_code, live.headers["Content-Type"]) == (200, "image/jpeg")
    assert live.headers["X-Glass-Serial"] == exact.headers["X-Glass-Serial"]
    assert browser.post("touch", '{"x": 63, "y": 47, "down": true}').status_code == 204
    assert browser.post("touch", '{"x": 63, "y": 47, "down": false}').status_code == 204
    assert soon(lambda: touches == [(63, 47, True), (63, 47, False)])
    endless, infinite = "[" * 4000, '{"x": 1e999, "y": 0, "down": true}'
    for nonsense in (
        "",
        endless,
        infinite,
        "[]",
        '{"x": -1, "y": 0, "down": true}',
        '{"x": 70000, "y": 0, "down": true}',
        '{"x": {}}',
    ):
        assert browser.post("touch", nonsense).status_code == 400
    mirror.close()


def test_another_site_in_the_same_browser_cannot_play(paged: Standing, browser: Browser) -> None:
    for path in ("hand", "touch", "paper"):
        assert browser.post(path, "lay-card 1", **{TOKEN_HEADER: "guessed"}).status_code == 403
        assert requests.post(paged.page + path, data="lay-card 1", timeout=20).status_code == 403
    for host in ("bench.example.jp", "127.0.0.1", "127.0.0.1:1", ""):
        assert browser.get("state", Host=host).status_code == 421
        assert browser.post("hand", "lay-card 1", Host=host).status_code == 421
    assert browser.get("state", Host=paged.page.split("/")[2].replace("127.0.0.1", "localhost")).status_code == 200
    assert paged.hands.state()["card"] is None


def test_an_address_that_is_none_is_refused(paged: Standing) -> None:
    line = HTTPConnection(paged.page.split("/")[2], timeout=20)
    line.putrequest("GET", "http://[", skip_host=True)
    line.endheaders()
    assert line.getresponse().status == 400
    line.close()


def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    for path in ("nothing", "page.py", "../bench.py", "hand"):
        assert browser.get(path).status_code == 404
    assert browser.session.put(browser.url + "hand", headers={TOKEN_HEADER: browser.token}, timeout=20).status_code in {
        404,
        405,
    }
