"""The bench page: all the hands in a browser on this machine, the glass live beside them, and a phone for the mails.

Plain HTTP on the loopback. Another site that a browser has open must not play here: requests that name another host
are refused, and whatever acts needs the token that this page alone carries. Nothing is kept on disk.
"""

import json
import secrets
from dataclasses import dataclass, field
from importlib import resources
from io import BytesIO
from string import Template
from typing import Any
from urllib.parse import parse_qs, urlsplit

import cv2
from PIL import Image, UnidentifiedImageError

from drivers.bench.bench import PAPERS, Bench
from drivers.bench.glass import Glass, Picture
from drivers.bench.hands import CASES, PAGE_VERBS, SWITCHES, obey
from drivers.bench.survey import introductions, mails, survey
from drivers.camera.simulator import picture_of
from drivers.portal.sandbox.loopback import LoopbackServer, QuietHandler, Reply

MOST_PICTURE_BYTES = 20_000_000
MOST_PICTURE_PIXELS = 60_000_000
TOKEN_HEADER = "X-Bench-Token"

_MOST_WORDS = 4096  # bytes of any other request
_LOOK_SECONDS = 10.0  # that a request waits for another picture
_TYPES = {"page.html": "text/html", "page.css": "text/css", "page.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `query` has each name's first value."""

    method: str
    path: str
    query: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class BenchPage:
    """What the page's requests get. `start` opens the port, `stop` closes it."""

    def __init__(self, bench: Bench, glass: Glass, port: int = 0) -> None:
        self._bench = bench
        self._glass = glass
        self.token = secrets.token_urlsafe(18)
        self._server = LoopbackServer(lambda *connection: _Handler(self, *connection), port=port)
        self._hosts = {f"{name}:{self._server.server_port}" for name in ("127.0.0.1", "localhost")}

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def start(self) -> None:
        """Serve from threads of its own."""
        self._server.start()

    def stop(self) -> None:
        """Close everything and wait for every thread."""
        self._glass.stop()
        self._server.stop()

    @property
    def policy(self) -> str:
        """What the page may load: its own files, and the mail's page on the phone."""
        phone = self._bench.portal.page_url
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
            f"frame-src {phone}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def may_ask(self, host: str) -> bool:
        """Whether a request for this host is meant for us."""
        return host in self._hosts

    def may_act(self, token: str) -> bool:
        """Whether it comes from our page."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def answer(self, asked: Asked) -> tuple[Reply, tuple[tuple[str, str], ...]]:
        """The reply and its further headers."""
        match asked.method, asked.path:
            case "GET", "/glass.jpg" | "/glass.png":
                return self._look(asked)
            case "GET", "/":
                return self._file("page.html"), ()
            case "GET", "/page.css" | "/page.js":
                return self._file(asked.path[1:]), ()
            case "GET", "/state":
                return _json({**survey(self._bench), "glass": self._glass.there}), ()
            case "GET", "/mails":
                return _json(mails(self._bench)), ()
            case "GET", "/choices":
                return _json(_choices(self._bench)), ()
            case "POST", "/hand":
                return _words(obey(self._bench, asked.body.decode("utf-8", "replace"), PAGE_VERBS)), ()
            case "POST", "/touch":
                return self._touch(asked.body), ()
            case "POST", "/paper":
                return self._lay(asked), ()
            case _:
                return Reply(404), ()

    def _file(self, name: str) -> Reply:
        text = resources.files(__package__).joinpath(name).read_text("utf-8")
        if name == "page.html":
            text = Template(text).substitute(token=self.token, desk=self._bench.portal.desk_url)
        return Reply(200, f"{_TYPES[name]}; charset=utf-8", text.encode())

    def _look(self, asked: Asked) -> tuple[Reply, tuple[tuple[str, str], ...]]:
        """/glass.png what stands now, exactly; /glass.jpg?after=SERIAL the next picture, when there is one."""
        exact = asked.path.endswith("png")
        if exact:
            picture = self._glass.current(_LOOK_SECONDS)
        else:
            picture = self._glass.newest(_whole(asked.query.get("after", "0")), _LOOK_SECONDS)
        if picture is None:
            return Reply(204 if self._glass.there else 503), ()
        reply = Reply(200, f"image/{'png' if exact else 'jpeg'}", _encoded(picture, exact))
        return reply, (("X-Glass-Serial", str(picture.serial)),)

    def _touch(self, body: bytes) -> Reply:
        try:
            said = json.loads(body)
            x, y, down = int(said["x"]), int(said["y"]), bool(said["down"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return Reply(400)
        if not (0 <= x <= 0xFFFF and 0 <= y <= 0xFFFF):
            return Reply(400)
        return Reply(204 if self._glass.touch(x, y, down=down) else 503)

    def _lay(self, asked: Asked) -> Reply:
        try:
            with Image.open(BytesIO(asked.body)) as picture:
                wide, tall = picture.size
            if wide * tall > MOST_PICTURE_PIXELS:
                return _words("error the picture has too many pixels")
            self._bench.lay_picture(picture_of(asked.body, "the file"), "a picture of your own")
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            return _words("error the file is not a picture")
        return _words("ok")


class _Handler(QuietHandler):
    server_version = "bench"

    def __init__(self, page: BenchPage, *connection: Any) -> None:
        self._page = page
        super().__init__(*connection)

    def serve(self) -> None:
        page = self._page
        try:
            parts = urlsplit(self.path)
        except ValueError:
            return self._refuse(400)
        if not page.may_ask(self.headers.get("Host", "")):
            return self._refuse(421)
        if self.command != "GET" and not page.may_act(self.headers.get(TOKEN_HEADER, "")):
            return self._refuse(403)
        length = _whole(self.headers.get("Content-Length", "0"), -1)
        if "Transfer-Encoding" in self.headers or length < 0:
            return self._refuse(411)
        if length > (MOST_PICTURE_BYTES if parts.path == "/paper" else _MOST_WORDS):
            return self._refuse(413)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        reply, headers = page.answer(Asked(self.command, parts.path, query, self.rfile.read(length)))
        return self.reply(reply, (*headers, *self._common()))

    def _refuse(self, status: int) -> None:
        self.close_connection = True  # what follows the head was not read
        self.reply(Reply(status), self._common())

    def _common(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", self._page.policy),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
        )


def _choices(bench: Bench) -> dict[str, Any]:
    """What can be chosen on the page, and what the visitors would type."""
    return {
        "visitors": introductions(bench),
        "cases": CASES,
        "papers": [kind.value for kind in PAPERS],
        "switches": SWITCHES,
    }


def _encoded(picture: Picture, exact: bool) -> bytes:
    bgr = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2BGR)
    how: tuple[str, list[int]] = (
        (".png", [cv2.IMWRITE_PNG_COMPRESSION, 1]) if exact else (".jpg", [cv2.IMWRITE_JPEG_QUALITY, 92])
    )
    return cv2.imencode(how[0], bgr, how[1])[1].tobytes()


def _whole(word: str, otherwise: int = 0) -> int:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 16 else otherwise


def _json(value: object) -> Reply:
    return Reply(200, "application/json", json.dumps(value, ensure_ascii=False).encode())


def _words(answer: str) -> Reply:
    return Reply(200 if answer.startswith("ok") else 409, "text/plain; charset=utf-8", answer.encode())
