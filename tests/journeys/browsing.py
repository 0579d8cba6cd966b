"""The bench page as a browser on the same machine uses it: plain HTTP, the page's own token, and the phone's frame."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import requests
from PIL import Image

from kiosk.ports import Frame
from tests.journeys.terminal import PATIENCE


@contextmanager
def staying_terminal(journal: Path) -> Iterator[str]:
    """`kiosk run --simulate --stay` on a machine without a display; the address of the page that it tells."""
    displays = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
    environment = {name: value for name, value in os.environ.items() if name not in displays}
    words = [sys.executable, "-m", "kiosk", "run", "--simulate", "--stay"]
    with (
        journal.open("w") as written,
        subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=written, text=True) as keeper,
    ):
        try:
            assert keeper.stdout is not None
            told = re.search(r"http://127\.0\.0\.1:\d+/", keeper.stdout.readline())
            assert told is not None, "no address was told"
            yield told[0]
        finally:
            keeper.send_signal(signal.SIGTERM)
            keeper.wait(PATIENCE)


class Browser:
    """The page, open; whatever slips is a failed test."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._serial = 0
        token = re.search(r'name="bench-token" content="([^"]+)"', self._get("").text)
        assert token is not None
        self._session.headers["X-Bench-Token"] = token[1]

    def close(self) -> None:
        """Shut the tab."""
        self._session.close()

    def look(self, path: str) -> Any:
        """What the page shows beside the glass: "state", "mails", "choices"."""
        return self._get(path).json()

    def play(self, line: str) -> str:
        """A button of the hands."""
        return self._post("hand", line.encode()).removeprefix("ok").strip()

    def lay_own(self, picture: Frame) -> None:
        """A picture file of one's own on the tray."""
        file = BytesIO()
        Image.fromarray(picture).save(file, "JPEG", quality=92)
        self._post("paper", file.getvalue())

    def press(self, x: int, y: int) -> None:
        """A finger on the glass."""
        self._post("touch", json.dumps({"x": x, "y": y, "down": True}).encode())

    def release(self, x: int, y: int) -> None:
        """It leaves."""
        self._post("touch", json.dumps({"x": x, "y": y, "down": False}).encode())

    def await_change(self) -> None:
        """Until the live glass has another picture than the last time, or some seconds have passed."""
        answer = self._session.get(f"{self._url}glass.jpg?after={self._serial}", timeout=PATIENCE)
        if answer.status_code == 200:
            self._serial = int(answer.headers["X-Glass-Serial"])
        else:
            assert answer.status_code in {204, 503}

    def picture(self) -> Frame | None:
        """The glass, exactly; None while no visit shows it."""
        answer = self._session.get(f"{self._url}glass.png", timeout=PATIENCE)
        if answer.status_code != 200:
            return None
        with Image.open(BytesIO(answer.content)) as picture:
            return np.asarray(picture, np.uint8)

    def await_submission(self) -> str:
        """The number that the page names as soon as something was received."""
        deadline = time.monotonic() + PATIENCE
        while not (numbers := self.look("state")["submissions"]):
            assert time.monotonic() < deadline, "nothing was received"
            time.sleep(0.1)
        (number,) = numbers
        return str(number)

    def confirm_mail(self) -> None:
        """On the phone: wait for the mail, open its link in the frame, press the only button."""
        deadline = time.monotonic() + PATIENCE
        while not (mails := self.look("mails")):
            assert time.monotonic() < deadline, "no mail came"
            time.sleep(0.1)
        link = mails[-1]["link"]
        policy = self._get("").headers["Content-Security-Policy"]
        frame = re.search(r"frame-src (http://127\.0\.0\.1:\d+);", policy)
        assert frame is not None
        assert link.startswith(frame[1] + "/"), "the phone's frame may not show the link"
        page = requests.get(link, timeout=PATIENCE)
        assert '<form method="post">' in page.text
        assert 'id="code"' in requests.post(link, timeout=PATIENCE).text

    def _get(self, path: str) -> requests.Response:
        answer = self._session.get(self._url + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer

    def _post(self, path: str, body: bytes) -> str:
        answer = self._session.post(self._url + path, data=body, timeout=PATIENCE)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.text
