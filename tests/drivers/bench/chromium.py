"""A real browser without a window, asked over a pipe in its own debugging language."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.drivers.bench.world import soon

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",  # commands come at descriptor 3, answers go to 4
]
PLUG = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"


def installed() -> str | None:
    """Where it is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Tab:
    """One page that is open."""

    def __init__(self, asking: int, answering: int) -> None:
        self._asking = asking
        self._answers = os.fdopen(answering, "rb")
        self._count = 0
        self._left = b""
        self._session = ""

    def open(self, url: str) -> None:
        target = self.ask("Target.createTarget", url=url)["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        assert soon(lambda: self.run("location.href + document.readyState") == url + "complete")

    def ask(self, method: str, **parameters: object) -> Any:
        """One command; its result."""
        self._count += 1
        message: dict[str, object] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._asking, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        said = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def click(self, x: float, y: float) -> None:
        """A mouse's down and up there, in the page's pixels."""
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def photograph(self, file: Path) -> None:
        """What it shows, as a PNG."""
        file.write_bytes(b64decode(self.ask("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        self._session = ""
        self.ask("Browser.close")

    def hang_up(self) -> None:
        self._answers.close()
        os.close(self._asking)

    def _next(self) -> Any:
        while b"\0" not in self._left:
            more = os.read(self._answers.fileno(), 1 << 16)
            assert more, "the browser has ended"
            self._left += more
        message, _, self._left = self._left.partition(b"\0")
        return json.loads(message)


@contextmanager
def browsing(url: str, profile: Path, size: tuple[int, int] = (1440, 900)) -> Iterator[Tab]:
    """A browser with this page open."""
    program = installed()
    assert program is not None
    heard, asking = os.pipe()
    answering, told = os.pipe()
    window = f"--window-size={size[0]},{size[1]}"
    plug = [sys.executable, "-c", PLUG, str(heard), str(told)]
    command = [*plug, program, *QUIET, f"--user-data-dir={profile}", window]
    with subprocess.Popen(command, pass_fds=(heard, told), stderr=subprocess.DEVNULL) as browser:
        os.close(heard)
        os.close(told)
        tab = Tab(asking, answering)
        try:
            tab.open(url)
            yield tab
            tab.close()
            browser.wait(20)
        finally:
            browser.kill()
            tab.hang_up()
