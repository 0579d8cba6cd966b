"""A mailbox one can look into: a real SMTP server on the loopback whose mails stay in memory."""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from threading import Condition, Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `sender` is the From header as people read it; `links` are the addresses in the text."""

    sender: str
    subject: str
    to: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def links(self) -> tuple[str, ...]:
        """In the order of the text."""
        return tuple(re.findall(r"https?://\S+", self.text))


class Mailbox:
    """All mails to whomever, in the order of arrival. `start` opens the port, `stop` closes it; the mails stay."""

    def __init__(self) -> None:
        self._mails: list[Mail] = []
        self._arrived = Condition()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="mailbox")
        self._listening = Event()
        self._stop: Callable[[], None] = lambda: None
        self._refusals = 0
        self.port = 0

    def start(self) -> None:
        """Return when the port listens. aiosmtpd would log addresses and contents: it logs nothing from now on."""
        logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
        self._thread.start()
        if not self._listening.wait(10):
            raise RuntimeError("the mailbox does not listen")

    def stop(self) -> None:
        """Close the port and wait for the thread."""
        self._stop()
        self._thread.join()

    def refuse_next(self) -> None:
        """The next mail is not taken; whoever brings it may come again."""
        with self._arrived:
            self._refusals += 1

    def mails(self) -> tuple[Mail, ...]:
        """All that have arrived so far."""
        with self._arrived:
            return tuple(self._mails)

    def wait_for(self, number: int, timeout: float = 10.0) -> Mail:
        """The mail with this number, counted from 1. Raises TimeoutError."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._mails) >= number, timeout):
                raise TimeoutError(f"mail {number} has not arrived")
            return self._mails[number - 1]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Keep a mail (the name and the arguments are aiosmtpd's)."""
        with self._arrived:
            if self._refusals:
                self._refusals -= 1
                return "451 4.3.0 Try again later"
        content = envelope.content
        message = message_from_bytes(content if isinstance(content, bytes) else b"")
        payload = message.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        sender, subject = _header(message, "From"), _header(message, "Subject")
        mails = [Mail(sender, subject, to, text) for to in envelope.rcpt_tos]
        with self._arrived:
            self._mails += mails
            self._arrived.notify_all()
        return "250 OK"

    async def _serve(self) -> None:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            loop.call_soon_threadsafe(stopped.set)

        self._stop = stop
        server = await loop.create_server(lambda: SMTP(self, hostname="localhost", loop=loop), "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self._listening.set()
        await stopped.wait()
        server.close()
        await _gone(server.wait_closed())


def _header(message: Message, name: str) -> str:
    """As people read it. (The newer reader of `email` puts spaces between encoded words of a name.)"""
    return str(make_header(decode_header(message.get(name, ""))))


async def _gone(closing: Coroutine[Any, Any, None]) -> None:
    """Since Python 3.12 a server waits for its connections too: a second is enough for a hand-over on this machine."""
    try:
        await asyncio.wait_for(closing, 1)
    except TimeoutError:
        return
