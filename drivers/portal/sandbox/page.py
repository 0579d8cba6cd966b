"""The page behind the mail's link, for a phone, in Japanese and English.

Mail scanners open links, so opening it changes nothing: its button confirms. After that it shows the way back to the
terminal, the code and the same code as a QR code, and does so again whenever it is opened, until the link is dead. A
code that has served at a terminal is gone; the page then says so, and its button makes another.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from string import Template
from typing import Any

import segno

from drivers.portal.sandbox.loopback import QuietHandler, Reply
from drivers.portal.sandbox.opening import JAPAN

PREFIX = "/mail/"

_ASK = """\
<h1>メールアドレスの確認<span lang="en">Confirm your mail address</span></h1>
<p>端末で登録したのがご本人なら、下のボタンを押してください。</p>
<form method="post"><button type="submit">確認する<span lang="en">Confirm</span></button></form>
<p lang="en" class="under">If it was you who registered at the terminal, press the button.</p>
<p>心当たりがないときは、何もせずにこの画面を閉じてください。</p>
<p lang="en">If you do not know what this is, just close this page.</p>"""

_CHECK = """\
<svg viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="22" fill="#0b6b3a"/>\
<path d="M12 23l7 7 14-15" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>\
</svg>"""

_DONE = """\
<div class="fine">$check<h1>確認できました<span lang="en">Confirmed</span></h1></div>
<p class="next">端末の画面に戻って、手続きを続けてください。</p>
<p lang="en">Please go back to the terminal and continue there.</p>
<section>
<h2>あとで続けるとき<span lang="en">To continue later</span></h2>
<p>端末でこのコードを入力するか、QRコードをかざしてください。</p>
<p lang="en">Type this code at the terminal, or show it the QR code.</p>
<output id="code" aria-label="$code"><span>$first</span><span>$second</span></output>
<figure>$picture</figure>
<p class="until"><span>$day</span><span>${time}まで</span><span>使えます。</span></p>
<p lang="en">Good until ${english}. You can open this page again.</p>
</section>"""

_SERVED = """\
<div class="fine">$check<h1>コードは使われました<span lang="en">Your code has been used</span></h1></div>
<p class="next">端末の画面で、手続きを続けてください。</p>
<p lang="en">Please continue at the terminal.</p>
<section>
<h2>あとで続けるとき<span lang="en">To continue later</span></h2>
<p>コードは1回だけ使えます。下のボタンで、新しいコードを作れます。</p>
<p lang="en">A code works once. The button makes another one.</p>
<form method="post"><button type="submit">新しいコードを作る<span lang="en">Make another code</span></button></form>
</section>"""

_DEAD = """\
<h1>このURLは使えません<span lang="en">This link is no longer valid</span></h1>
<p>24時間を過ぎたか、新しいメールが送られています。</p>
<p>新しいメールが届いているときは、そのメールのURLを開いてください。届いていないときは、端末で、もう一度はじめから登録してください。</p>
<p lang="en">24 hours have passed, or a newer mail was sent. If you have a newer mail, open its link. If not, please
register again at the terminal.</p>"""

_TITLES = {_ASK: "メールアドレスの確認", _DONE: "確認できました", _SERVED: "コードは使われました"}


@dataclass(frozen=True, slots=True)
class Link:
    """What the page needs to know: when the link dies (None: it is dead), confirmed or not, and the code until that
    has served.
    """

    deadline: datetime | None = None
    confirmed: bool = False
    code: str = field(default="", repr=False)


class LinkPage:
    """`look(token)` tells without changing anything, `confirm(token)` presses the button."""

    def __init__(self, look: Callable[[str], Link], confirm: Callable[[str], Link]) -> None:
        self._look = look
        self._confirm = confirm
        self._frame = Template(resources.files(__package__).joinpath("page.html").read_text("utf-8"))

    def answer(self, method: str, path: str) -> Reply:
        """The page as it now is. After the button 303: so reloading the page, or coming back to it, presses nothing."""
        if not path.startswith(PREFIX) or method not in {"GET", "HEAD", "POST"}:
            return Reply(404, "text/plain", b"")
        act = self._confirm if method == "POST" else self._look
        link = act(path.removeprefix(PREFIX))
        if link.deadline is None:
            return self._framed(410, _DEAD)
        if method == "POST":
            return Reply(303)
        if not link.confirmed:
            return self._framed(200, _ASK)
        if not link.code:
            return self._framed(200, _SERVED, check=_CHECK)
        day, time, english = _until(link.deadline)
        return self._framed(
            200,
            _DONE,
            check=_CHECK,
            day=day,
            time=time,
            english=english,
            code=" ".join(link.code),
            first=link.code[:4],
            second=link.code[4:],
            picture=_picture(link.code),
        )

    def _framed(self, status: int, content: str, **words: str) -> Reply:
        title = _TITLES.get(content, "このURLは使えません")
        page = self._frame.substitute(title=title, content=Template(content).substitute(words))
        return Reply(status, "text/html; charset=utf-8", page.encode())


class PhoneHandler(QuietHandler):
    """HTTP for the page."""

    def __init__(self, page: LinkPage, *connection: Any) -> None:
        self._page = page
        super().__init__(*connection)

    def serve(self) -> None:
        """Any request; a form without fields has no body worth reading."""
        self.close_connection = True
        reply = self._page.answer(self.command, self.path)
        self.reply(
            reply,
            (
                ("Cache-Control", "no-store"),
                ("Referrer-Policy", "no-referrer"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", _POLICY),
                *((("Location", self.path),) if reply.status == 303 else ()),
            ),
        )


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'"


def _until(deadline: datetime) -> tuple[str, str, str]:
    """The day and the last whole minute as people say them, and both in English."""
    at = deadline.astimezone(JAPAN)
    day = "月火水木金土日"[at.weekday()]
    return (
        f"{at.month}月{at.day}日({day})",
        f"{at.hour}時{at.minute:02}分",
        f"{at:%A, %B} {at.day}, {at:%H:%M} (Japan)",
    )


def _picture(code: str) -> str:
    out = io.BytesIO()
    segno.make_qr(code, error="m").save(out, kind="svg", xmldecl=False, scale=8, omitsize=True, title="QR")
    return out.getvalue().decode()
