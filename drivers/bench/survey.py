"""What an eye sees that walks round the bench, as plain values for JSON.

There is no password, name or document in it, but in the introductions of the visitors, who are invented.
"""

from dataclasses import asdict
from typing import Any

from drivers.bench.bench import Bench
from drivers.bench.cables import DEVICES
from drivers.card.chip import Chip, Secret
from drivers.card.profile import MY_NUMBER_CARD


def survey(bench: Bench) -> dict[str, Any]:
    """What lies where, the card's counters, cables, lamps and switches, and the numbers of what was received."""
    loose = bench.cables.loose
    return {
        "card": _card(bench),
        "papers": [asdict(paper) for paper in bench.papers],
        "plugged": {device: device not in loose for device in DEVICES},
        "slow_seconds": bench.slow_seconds,
        "portal": {
            "open": not bench.portal.opening.is_shut(bench.portal.clock()),
            "clock_error": bench.portal.clock_error,
        },
        "lamps": asdict(bench.panel.lit),
        "buzzed": len(bench.panel.buzzed),
        "switches": {switch.replace("_", "-"): closed for switch, closed in bench.panel.switches.items()},
        "mails": len(bench.portal.mailbox.mails()),
        "submissions": list(bench.portal.numbers),
    }


def introductions(bench: Bench) -> list[dict[str, Any]]:
    """What each visitor brings along and would type, in their order."""
    return [
        {
            "number": number,
            "name": who.holder.name,
            "mail": who.mail,
            "contract": who.contract,
            "receipt": who.receipt,
            "passwords": [who.authentication_password, who.attributes_password],
        }
        for number, who in enumerate(bench.people.visitors, start=1)
    ]


def mails(bench: Bench) -> list[dict[str, Any]]:
    """Every mail so far, oldest first, without its receiver."""
    return [
        {
            "number": number,
            "sender": mail.sender,
            "subject": mail.subject,
            "text": mail.text,
            "link": mail.links[0] if mail.links else None,
        }
        for number, mail in enumerate(bench.portal.mailbox.mails(), start=1)
    ]


def _card(bench: Bench) -> dict[str, Any] | None:
    """What lies on the reader; a card of nobody known is there all the same."""
    lies = bench.reader.card
    if lies is None:
        return None
    number, case = bench.people.whose(lies) or (None, None)
    return {
        "visitor": number,
        "case": case.name.lower().replace("_", "-") if case else None,
        "tries": _tries(lies),
        "verifies": lies.verifies,
        "commands": bench.reader.sent,
    }


def _tries(card: Chip) -> dict[str, int]:
    """What is left of the two passwords that a visitor types, as far as the card has them."""
    passwords = {
        "authentication": MY_NUMBER_CARD.authentication,
        "attributes": MY_NUMBER_CARD.attributes,
    }
    found = {
        name: card.applications[application.aid].files.get(application.password)
        for name, application in passwords.items()
        if application.aid in card.applications
    }
    return {name: secret.left for name, secret in found.items() if isinstance(secret, Secret)}
