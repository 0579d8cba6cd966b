"""The bench page in a real browser, where there is one: its script runs under its own policy and plays the hands."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.shell.mirror import Mirror
from tests.drivers.bench.chromium import browsing, installed
from tests.drivers.bench.world import Standing, soon

pytestmark = pytest.mark.skipif(installed() is None, reason="there is no chromium here to open the bench page with")


def test_a_person_plays_the_hands_in_a_browser(paged: Standing, tmp_path: Path) -> None:
    touches: list[tuple[int, int, bool]] = []
    mirror = Mirror(paged.folder / "mirror.sock", lambda *touch: touches.append(touch))
    mirror.show(np.full((800, 1280, 3), 230, np.uint8))
    with browsing(paged.page, tmp_path / "profile") as tab:
        assert soon(lambda: tab.run("document.querySelectorAll('#visitor option').length") == 6)
        tab.run("document.getElementById('visitor').value = '3'")
        tab.run("document.getElementById('case').value = 'expired'")
        tab.run("document.getElementById('lay-card').click()")
        assert soon(lambda: paged.hands.state()["card"] is not None)
        card = paged.hands.state()["card"]
        assert (card["visitor"], card["case"]) == (3, "expired")
        assert soon(lambda: "visitor 3" in tab.run("document.getElementById('card').textContent"))
        tab.run("document.querySelector('#cables [data-device=camera]').click()")
        assert soon(lambda: not paged.hands.state()["plugged"]["camera"])
        tab.run("document.querySelector('#switches [data-switch=tamper]').click()")
        assert soon(lambda: not paged.hands.state()["switches"]["tamper"])
        assert soon(lambda: tab.run("document.getElementById('glass').naturalWidth") == 1280)
        box = tab.run("(({x, y, width, height}) => [x, y, width, height])(glass.getBoundingClientRect())")
        tab.click(box[0] + box[2] / 2, box[1] + box[3] / 4)
        assert soon(lambda: [down for _, _, down in touches] == [True, False])
        assert all(abs(x - 640) <= 2 and abs(y - 200) <= 2 for x, y, _ in touches)
    mirror.close()
