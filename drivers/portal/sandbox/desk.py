"""The operator's desk: a page that shows what arrived, newest first, with the pages as pictures.

Only the sandbox has it: it shows everything to whoever sits at this machine. It listens on the loopback, answers only
requests that name it (another site in the same browser cannot read it), runs no script and changes nothing.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from importlib import resources
from string import Template
from typing import Any

from drivers.portal.sandbox.ledger import Ledger, Received, Void
from drivers.portal.sandbox.loopback import QuietHandler, Reply
from drivers.portal.sandbox.opening import JAPAN
from drivers.portal.sandbox.rules import pictures_of

ON_ONE_PAGE = 10
VOID_KEYS = 20
_SEX = {"0": "不明", "1": "男性", "2": "女性", "9": "適用不能"}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class Desk:
    """What the desk's requests get: `/`, `/?page=2`, `/desk.css`, `/NUMBER/1.jpg`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        here = resources.files(__package__)
        self._frame = Template(here.joinpath("desk.html").read_text("utf-8"))
        self._style = here.joinpath("desk.css").read_bytes()

    def answer(self, method: str, path: str) -> Reply:
        """Nothing but looking is possible."""
        if method not in {"GET", "HEAD"}:
            return Reply(405)
        if path == "/desk.css":
            return Reply(200, "text/css; charset=utf-8", self._style)
        listed = re.fullmatch(r"/(?:\?page=([1-9][0-9]{0,5}))?", path)
        if listed is not None:
            return self._list(int(listed[1] or 1))
        pictured = re.fullmatch(r"/([0-9-]{1,40})/([1-9][0-9]?)\.jpg", path)
        return Reply(404) if pictured is None else self._picture(pictured[1], int(pictured[2]))

    def _list(self, page: int) -> Reply:
        count, void = len(self._ledger.numbers), self._ledger.void
        shown = self._ledger.newest(ON_ONE_PAGE, ON_ONE_PAGE * (page - 1))
        content = "\n".join(map(_article, shown)) or '<p class="none">まだ何も届いていません。</p>'
        if page == 1 and void:
            content += _voided(void[: -VOID_KEYS - 1 : -1])
        last = max(1, -(-count // ON_ONE_PAGE))
        pages = [f'<a href="/?page={page - 1}">新しいもの</a>'] if 1 < page <= last else []
        pages += [f'<a href="/?page={page + 1}">古いもの</a>'] if page < last else []
        text = self._frame.substitute(count=f"{count}件", pages=" ".join(pages), content=content)
        return Reply(200, "text/html; charset=utf-8", text.encode())

    def _picture(self, number: str, place: int) -> Reply:
        found = self._ledger.find(number)
        pictures = [] if found is None else _pictures(found)
        if place > len(pictures):
            return Reply(404)
        return Reply(200, "image/jpeg", pictures[place - 1][1])


class DeskHandler(QuietHandler):
    """HTTP for the desk; `hosts` are the names that it has."""

    def __init__(self, desk: Desk, hosts: Sequence[str], *connection: Any) -> None:
        self._desk = desk
        self._hosts = hosts
        super().__init__(*connection)

    def serve(self) -> None:
        """Any request; no body is worth reading."""
        self.close_connection = True
        here = self.headers.get("Host", "") in self._hosts
        self.reply(
            self._desk.answer(self.command, self.path) if here else Reply(421),
            (
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", _POLICY),
                ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Referrer-Policy", "no-referrer"),
                ("X-Content-Type-Options", "nosniff"),
            ),
        )


def _article(row: Received) -> str:
    handed, said = row.handed, row.handed.attributes
    facts = [
        ("共済契約者番号", handed.contract or "なし(加入申込者)"),
        ("受付番号", handed.receipt),
        ("氏名", said.name),
        ("住所", said.address),
        ("生年月日", f"{said.birth_date[:4]}年{said.birth_date[4:6]}月{said.birth_date[6:]}日"),
        ("性別", _SEX[said.sex]),
        ("メールアドレス", handed.address),
        ("証明書の番号", f"{handed.certificate_serial:x}"),
        *handed.fields,
    ]
    files = "".join(_file(row.number, place, name, len(jpeg)) for place, (name, jpeg) in enumerate(_pictures(row), 1))
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    number = f"<h2><span>{escape(row.number)}</span>{_time(row.at)}</h2>"
    return f"<article>{number}<dl>{listed}</dl><ol>{files}</ol></article>"


def _pictures(row: Received) -> list[tuple[str, bytes]]:
    """Every page as a picture, and what it is called: the pages of a PDF one by one."""
    named = []
    for place, file in enumerate(row.handed.files, 1):
        pages = pictures_of(file.media_type, file.content)
        names = (f"{place}枚目の{page}" if len(pages) > 1 else f"{place}枚目" for page in range(1, len(pages) + 1))
        named += list(zip(names, pages, strict=True))
    return named


def _file(number: str, place: int, name: str, size: int) -> str:
    source = f"/{number}/{place}.jpg"
    label = f"{name} {size / 1000:,.0f} kB"
    return f'<li><a href="{source}"><img src="{source}" alt="{name}" loading="lazy">{label}</a></li>'


def _voided(keys: Sequence[Void]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one.key)}</code></td><td>{_time(one.at)}</td><td>{one.came_late}</td></tr>"
        for one in keys
    )
    head = "<tr><th>無効になったキー</th><th>時刻</th><th>その後に届いた数</th></tr>"
    return f"<article><table>{head}{rows}</table></article>"


def _time(moment: datetime) -> str:
    at = moment.astimezone(JAPAN)
    return f'<time datetime="{at.isoformat(timespec="seconds")}">{at:%Y-%m-%d %H:%M:%S}</time>'
