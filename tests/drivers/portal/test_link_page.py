"""The page behind the mail's link in a real browser of a phone's size, in each of its states, where there is a browser.

`SHOTS=DIR` keeps the pictures.
"""

import os
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.drivers.bench.chromium import Tab, browsing, installed
from tests.drivers.bench.world import soon
from tests.drivers.portal.world import World

pytestmark = pytest.mark.skipif(installed() is None, reason="there is no chromium here to open the mail's page with")

PHONES = [(390, 844), (320, 568)]
BUTTON = "document.querySelector('button')"
FITS = "document.documentElement.scrollWidth <= innerWidth"
SMALLEST = """Math.min(...[...document.querySelectorAll('main *')].filter((one) => one.childNodes.length
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
IN_SIGHT = f"(({{top, bottom}}) => top >= 0 && bottom <= innerHeight)({BUTTON}.getBoundingClientRect())"
WORDS = "document.body?.innerText ?? ''"


@contextmanager
def phone(url: str, folder: Path, size: tuple[int, int]) -> Iterator[Tab]:
    with browsing("about:blank", folder / "profile") as tab:
        tab.ask("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=2, mobile=True)
        tab.ask("Page.navigate", url=url)
        assert soon(lambda: tab.run("location.href + document.readyState") == url + "complete")
        yield tab


def picture(tab: Tab, name: str, size: tuple[int, int]) -> Image.Image:
    """The whole page, as if the glass were as long."""
    shot = tab.ask("Page.captureScreenshot", captureBeyondViewport=True, format="png")["data"]
    if "SHOTS" in os.environ:
        folder = Path(os.environ["SHOTS"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"link-{name}-{size[0]}.png").write_bytes(b64decode(shot))
    return Image.open(BytesIO(b64decode(shot)))


def opened_again(tab: Tab, words: str) -> None:
    tab.ask("Page.reload")
    assert soon(lambda: words in tab.run(WORDS))


def press(tab: Tab) -> None:
    """The only button, with a finger's touch in its middle."""
    tab.run(f"window.before = true; {BUTTON}.scrollIntoView({{block: 'center'}})")
    x, y = tab.run(f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({BUTTON}.getBoundingClientRect())")
    tab.click(x, y)
    assert soon(lambda: tab.run("window.before === undefined && document.readyState === 'complete'"))


@pytest.mark.parametrize("size", PHONES, ids=lambda size: f"{size[0]}")
def test_a_phone_shows_every_state_of_the_page(world: World, tmp_path: Path, size: tuple[int, int]) -> None:
    client = world.registered()
    mail = world.sandbox.mailbox.wait_for(1)
    with phone(mail.links[0], tmp_path, size) as tab:
        picture(tab, "ask", size)
        assert tab.run(FITS)
        assert tab.run(SMALLEST) >= 16
        assert tab.run(IN_SIGHT), "the button is to be seen without scrolling"
        assert tab.run(f"{BUTTON}.getBoundingClientRect().height") >= 72
        assert not client.registration().confirmed
        press(tab)
        assert client.registration().confirmed
        shown = picture(tab, "confirmed", size)
        assert tab.run(FITS)
        assert tab.run(SMALLEST) >= 16
        assert tab.run("document.querySelectorAll('button').length") == 0
        code = tab.run("document.getElementById('code').innerText.replace(/\\s/g, '')")
        (read,) = zxingcpp.read_barcodes(np.asarray(shown.convert("L")))
        assert read.text == code
        assert world.client().resume(code).address
        opened_again(tab, "コードは使われました")
        picture(tab, "served", size)
        assert tab.run(FITS)
        press(tab)
        another = tab.run("document.getElementById('code').innerText.replace(/\\s/g, '')")
        assert another != code
        opened_again(tab, "確認できました")
        assert another == tab.run("document.getElementById('code').innerText.replace(/\\s/g, '')")
        world.clock.turn(hours=24)
        opened_again(tab, "このURLは使えません")
        picture(tab, "dead", size)
        assert tab.run(FITS)
        assert tab.run("document.querySelectorAll('button').length") == 0
