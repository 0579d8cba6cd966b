"""The portal's stand-in, for the bench, the simulator and the tests: real HTTPS with client certificates, real SMTP,
a real page behind the mail's link, and a desk at which the operator sees what arrived.

It behaves as the contract says and the manual describes, keeps everything in memory unless it is given a file for what
must outlive it, and listens on this machine only. A hand can make it fail in named ways. Its documents are samples
(見本) and must never reach a real portal, so they live here.

Where to look: `stand_in.py` puts it together and `hand.py` plays with it. A request goes through `handlers.py` (HTTP,
and where `faults.py` happen), `routes.py` (the contract's table), `office.py` (what each request does) to the rooms:
`registrations.py` with `shelf.py` and `guesses.py`, `logins.py` with `trust.py`, `rules.py`, `ledger.py`. What people
see: `mails.py`, `page.py`, `desk.py`.
"""

from drivers.portal.sandbox.faults import (
    AnswerLate,
    AnswerTwice,
    CutAnswer,
    CutRequest,
    Fault,
    Gateway,
    RefuseEarly,
    StallReading,
    StallWriting,
)
from drivers.portal.sandbox.ledger import Handed, Received, Void
from drivers.portal.sandbox.mailbox import Mail, Mailbox
from drivers.portal.sandbox.rules import Rules
from drivers.portal.sandbox.stand_in import Sandbox

__all__ = [
    "AnswerLate",
    "AnswerTwice",
    "CutAnswer",
    "CutRequest",
    "Fault",
    "Gateway",
    "Handed",
    "Mail",
    "Mailbox",
    "Received",
    "RefuseEarly",
    "Rules",
    "Sandbox",
    "StallReading",
    "StallWriting",
    "Void",
]
