"""The page behind the mail's link, for a phone, in Japanese and English.

Mail scanners open links, so opening it changes nothing: its button confirms. After that it shows the way back to the
terminal, the code and the same code as a QR code, and does so again whenever it is opened, until the link is dead.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import resources
from string import Template

import segno

from drivers.portal.sandbox.loopback import Reply

PREFIX = "/mail/"

_ASK = """\
<h1>メールアドレスの確認<br><span lang="en">Confirm your mail address</span></h1>
<p>端末で登録したのがご本人であれば、下のボタンを押してください。</p>
<p lang="en">If it was you who registered at the terminal, press the button.</p>
<form method="post"><button type="submit">確認する<span lang="en">Confirm</span></button></form>"""

_DONE = """\
<h1>確認できました<br><span lang="en">Confirmed</span></h1>
<p>端末の画面に戻って、手続きを続けてください。</p>
<p lang="en">Please go back to the terminal and continue there.</p>
<p>あとで続けるときは、24時間以内に、端末でこのコードを入力するか、QRコードをかざしてください。</p>
<p lang="en">To continue later, within 24 hours: type this code at the terminal, or show it the QR code.</p>
<output id="code">$code</output>
<figure>$picture</figure>"""

_DEAD = """\
<h1>このURLは無効です<br><span lang="en">This link is no longer valid</span></h1>
<p>24時間を過ぎたか、新しいメールが送られています。端末で、もう一度登録してください。</p>
<p lang="en">24 hours have passed, or a newer mail was sent. Please register again at the terminal.</p>"""


@dataclass(frozen=True, slots=True)
class Link:
    """What the page needs to know: dead, or alive and with a code once confirmed."""

    alive: bool
    code: str = field(default="", repr=False)


class LinkPage:
    """`look(token)` tells without changing anything, `confirm(token)` presses the button."""

    def __init__(self, look: Callable[[str], Link], confirm: Callable[[str], Link]) -> None:
        self._look = look
        self._confirm = confirm
        self._frame = Template(resources.files(__package__).joinpath("page.html").read_text("utf-8"))

    def answer(self, method: str, path: str) -> Reply:
        """The page as it now is."""
        if not path.startswith(PREFIX) or method not in {"GET", "HEAD", "POST"}:
            return Reply(404, "text/plain", b"")
        act = self._confirm if method == "POST" else self._look
        link = act(path.removeprefix(PREFIX))
        if not link.alive:
            content = _DEAD
        elif link.code:
            content = Template(_DONE).substitute(code=link.code, picture=_picture(link.code))
        else:
            content = _ASK
        return Reply(
            200 if link.alive else 410, "text/html; charset=utf-8", self._frame.substitute(content=content).encode()
        )


def _picture(code: str) -> str:
    out = io.BytesIO()
    segno.make_qr(code, error="m").save(out, kind="svg", xmldecl=False, scale=8, omitsize=True, title=code)
    return out.getvalue().decode()
