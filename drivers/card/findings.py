"""What one card and one reader have settled of the points that public sources leave open about such cards.

`section` is the section of the fact sheet on the card in which the point stands: 1 applications and files, 2 commands,
3 passwords, 4 certificates, 5 attributes, 6 readers. Pure, from what was asked and from the times of all that was said.
A point that this card and reader did not settle is left out. Nothing here is about the person: of the record only its
form is told, and of an unknown part of a birth date how it is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from drivers.card import apdu
from drivers.card.probing import Asked, Closed, Measured, Opened
from drivers.card.profile import SHORT, Profile
from drivers.card.stopwatch import Timed

Answer: TypeAlias = str | int | float | bool

_READ = frozenset({apdu.OK, apdu.END_OF_FILE})
_LITTLE = 32  # bytes both ways; the time of such a command is the reader's and the card's own
_MUCH = 256  # bytes
_PADDING = {0x00: "00", 0x20: "20 (space)", 0xFF: "FF"}


@dataclass(frozen=True, slots=True)
class Finding:
    """An open point, and what this card and reader said to it."""

    point: str
    section: str
    answer: Answer


def of_closed(closed: Closed, profile: Profile) -> Iterator[Finding]:
    """From what the card said without a password."""
    if closed.token is not None and closed.token.content:
        yield Finding("token information: bytes of the file", "1", len(closed.token.content))
        yield Finding("token information: filled with", "1", _filling(closed.token.content, len(profile.token)))
        yield from _ends("token information", closed.token)
    if closed.certificate is not None and closed.certificate.content:
        yield Finding("certificate: bytes of the file", "4", len(closed.certificate.content))
        yield from _ends("certificate", closed.certificate)
    for name, asked in (("first", closed.authentication), ("second", closed.attributes)):
        yield from _counters(name, asked)


def of_opened(opened: Opened) -> Iterator[Finding]:
    """From what the card said behind the attributes' password."""
    yield Finding("counter asked after a successful VERIFY", "2", told(opened.counter))
    if opened.record is None:
        return
    still_open = opened.record.content != b""
    yield Finding("that question leaves the password open", "2", still_open)
    if not still_open:
        return
    kept = opened.selected_again in _READ
    yield Finding("selecting the application again leaves the password open", "2", kept)
    if kept:
        yield Finding("selecting another application leaves the password open", "2", opened.after_another in _READ)
    yield from _ends("attributes", opened.record)


def of_reset(status: int) -> Finding:
    """From a reading without password over the connection after the one that had it."""
    return Finding("a reset of the card leaves the password open", "6", status in _READ)


def of_conversation(timed: Sequence[Timed]) -> Iterator[Finding]:
    """From the statuses and times of everything that was said."""
    yield from _extended([one for one in timed if one.said.extended])
    short = [one.said.status for one in timed if one.said.header[1] == apdu.READ_BINARY and one.said.header[2] >= SHORT]
    answered = [status for status in short if status is not None]
    if answered:
        taken = any(status in _READ or status >> 8 == 0x61 for status in answered)
        yield Finding("reading by short identifier", "2", "taken" if taken else told(answered[0]))
    statuses = {one.said.status for one in timed if one.said.status is not None}
    yield Finding("answers handed over in pieces (61xx)", "2", any(status >> 8 == 0x61 for status in statuses))
    yield Finding("lengths corrected (6Cxx)", "2", any(status >> 8 == 0x6C for status in statuses))
    if any(one.said.received == _MUCH + 2 for one in timed):
        yield Finding("answers of exactly 256 bytes arrive", "6", True)
    yield from _times([one for one in timed if one.said.status is not None])


def told(status: int) -> str:
    """A status word for people; a count is not told, because it is the card's affair and not the kind's."""
    return "63Cx" if status & 0xFFF0 == 0x63C0 and status != 0x63C0 else f"{status:04X}"


def _counters(name: str, asked: Asked) -> Iterator[Finding]:
    for form, status in (("by short identifier", asked.short), ("after its selection", asked.selected)):
        if status is not None:
            yield Finding(f"counter of the {name} password {form}", "2", told(status))
    if asked.selected is None:
        yield Finding(f"the {name} password's file is on this card", "3", False)


def _ends(name: str, file: Measured) -> Iterator[Finding]:
    if file.over is not None:
        yield Finding(f"{name}: reading that asks for more than is left", "2", f"{file.over:04X}")
    if file.behind is not None:
        yield Finding(f"{name}: reading that begins at the end", "2", f"{file.behind:04X}")


def _filling(content: bytes, used: int) -> str:
    filling = set(content[used:])
    if len(filling) > 1:
        return "several values"
    return _PADDING.get(filling.pop(), "another value") if filling else "nothing"


def _extended(timed: Sequence[Timed]) -> Iterator[Finding]:
    """The first answer decides: whoever knows that it is not taken does not ask again."""
    if not timed:
        return
    said = timed[0].said
    if said.status is None:
        answer = "the connection is lost over it"
    elif said.status not in _READ and said.status >> 8 != 0x61:
        answer = f"refused with {said.status:04X}"
    else:
        answer = "taken" if said.received > _MUCH + 2 or said.status >> 8 == 0x61 else "cut off"
    yield Finding("extended length", "2", answer)


def _times(timed: Sequence[Timed]) -> Iterator[Finding]:
    little = [one.seconds for one in timed if one.said.sent + one.said.received <= _LITTLE and not one.signs]
    if not little:
        return
    own = median(little)
    yield Finding("milliseconds of a short command, median", "6", round(own * 1000, 2))
    much = [one for one in timed if one.said.received > _MUCH and not one.signs and one.seconds > own]
    if much:
        rate = median(one.said.received / (one.seconds - own) for one in much)
        yield Finding("bytes a second of a long answer, median", "6", round(rate))
    signing = [one.seconds for one in timed if one.signs]
    if signing:
        yield Finding("milliseconds of a signature", "6", round(median(signing) * 1000, 2))
