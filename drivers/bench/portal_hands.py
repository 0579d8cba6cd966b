"""What a hand can do to the portal: break it and mend it, in the words of `drivers.portal.sandbox.faults`.

What happens once happens to the next submission, or to the next request to the path that is named.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from drivers.bench.bench import Bench
from drivers.bench.grammar import Act, SlippedError, Verb, measure, number, on_or_off, one_of
from drivers.portal.sandbox import (
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
from drivers.portal.sandbox.faults import SUBMISSIONS
from drivers.portal.sandbox.routes import ROUTES
from drivers.portal.wire import Refusal

PATHS = tuple(dict.fromkeys((SUBMISSIONS, *(path for _, path in ROUTES))))
"""Where the portal can be asked; the first unless told."""

REFUSALS = tuple(one.value for one in Refusal if any(one in route.refusals for route in ROUTES.values()))
_GATEWAYS = ("500", "502", "503", "504")
_MOST_SECONDS = 600
_FEWEST_BYTES, _MOST_BYTES = 100_000, 99_999_999
_MOST_MINUTES = 10_000


def _planning(made: Callable[[Sequence[str]], Fault], own: int) -> Act:
    """Plan what `made` makes of its `own` words, for the path in the word after them."""

    def act(bench: Bench, rest: Sequence[str]) -> str:
        fault = made(rest[:own])
        bench.portal.plan(fault, one_of(PATHS, rest[own], "path") if len(rest) > own else PATHS[0])
        return ""

    return act


def _seconds(word: str) -> float:
    return measure(word, _MOST_SECONDS, "how many seconds")


def _bytes(word: str) -> int:
    return int(measure(word, _MOST_BYTES, "how many bytes"))


def _stall(rest: Sequence[str]) -> Fault:
    side = one_of(("reading", "writing"), rest[1], "stall")
    return (StallReading if side == "reading" else StallWriting)(_seconds(rest[0]))


def _gateway(rest: Sequence[str]) -> Fault:
    after = one_of(("before", "after"), rest[1], "moment") == "after"
    return Gateway(int(one_of(_GATEWAYS, rest[0], "status")), after)


def _slow(bench: Bench, rest: Sequence[str]) -> str:
    bench.slow(measure(rest[0], _MOST_SECONDS, "how many seconds later"))
    return ""


def _lose_answer(bench: Bench, _rest: Sequence[str]) -> str:
    bench.lose_next_answer()
    return ""


def _refuse(bench: Bench, rest: Sequence[str]) -> str:
    bench.portal.refuse(Refusal(one_of(REFUSALS, rest[0], "refusal")))
    return ""


def _refuse_early(rest: Sequence[str]) -> Fault:
    return RefuseEarly(_bytes(rest[0]), Refusal(one_of(REFUSALS, rest[2], "refusal")), _seconds(rest[1]))


def _refuse_mail(bench: Bench, _rest: Sequence[str]) -> str:
    bench.portal.refuse_mail()
    return ""


def _take_pdf(bench: Bench, rest: Sequence[str]) -> str:
    bench.portal.take_pdf(on_or_off(rest[0]))
    return ""


def _take_bytes(bench: Bench, rest: Sequence[str]) -> str:
    bench.portal.take_bytes(number(rest[0], _FEWEST_BYTES, _MOST_BYTES, "how many bytes all files may have"))
    return ""


def _forget(bench: Bench, rest: Sequence[str]) -> str:
    if one_of(("sessions", "registrations"), rest[0], "memory") == "sessions":
        bench.portal.forget_sessions()
    else:
        bench.portal.forget_registrations()
    return ""


def _maintenance(bench: Bench, rest: Sequence[str]) -> str:
    if not rest[0].isdecimal():
        if len(rest) > 1:
            raise SlippedError("say after how many minutes it closes, and for how many")
        bench.portal.maintenance(on_or_off(rest[0]))
        return ""
    closes = bench.portal.clock() + timedelta(minutes=number(rest[0], 0, _MOST_MINUTES, "in how many minutes"))
    lasts = number(rest[1], 1, _MOST_MINUTES, "for how many minutes") if len(rest) > 1 else 0
    bench.portal.announce(closes, closes + timedelta(minutes=lasts) if lasts else None)
    return ""


def _clock(bench: Bench, rest: Sequence[str]) -> str:
    bench.portal.set_clock_wrong(measure(rest[0], 1e7, "how many seconds ahead", -1e7))
    return ""


PORTAL_VERBS = (
    Verb("slow SECONDS", "let the portal answer so much later; 0 ends it", _slow, 1, 1),
    Verb("lose-answer", "receive the next submission, and break the line before its answer", _lose_answer),
    Verb(
        "cut-request BYTES [PATH]",
        "break the line of the next submission (or request to PATH) after so many bytes of its body",
        _planning(lambda rest: CutRequest(_bytes(rest[0])), 1),
        1,
        2,
    ),
    Verb(
        "cut-answer BYTES [PATH]",
        "do what it asks, and break the line after so many bytes of the answer",
        _planning(lambda rest: CutAnswer(_bytes(rest[0])), 1),
        1,
        2,
    ),
    Verb(
        "stall SECONDS reading|writing [PATH]",
        "stop in the middle of the next submission or of its answer, then go on",
        _planning(_stall, 2),
        2,
        3,
    ),
    Verb(
        "answer-late SECONDS [PATH]",
        "look at the next submission so much later, even if nobody waits for the answer any more",
        _planning(lambda rest: AnswerLate(_seconds(rest[0])), 1),
        1,
        2,
    ),
    Verb(
        "answer-twice [PATH]",
        "send the next submission's answer two times",
        _planning(lambda _rest: AnswerTwice(), 0),
        0,
        1,
    ),
    Verb(
        "gateway 500|502|503|504 before|after [PATH]",
        "answer the next submission with a page for people, before or after it was received",
        _planning(_gateway, 2),
        2,
        3,
    ),
    Verb("refuse WHY", f"refuse the next request that may be: {', '.join(REFUSALS)}", _refuse, 1, 1),
    Verb(
        "refuse-early BYTES SECONDS WHY [PATH]",
        "refuse the next submission when so many bytes of it have come, and read no more of it; close so much later",
        _planning(_refuse_early, 3),
        3,
        4,
    ),
    Verb("take-pdf on|off", "the portal takes papers of several pages as one file, or pictures only", _take_pdf, 1, 1),
    Verb("take-bytes BYTES", "the portal takes files of so many bytes together; a visit asks once", _take_bytes, 1, 1),
    Verb("refuse-mail", "the mail server does not take the next mail", _refuse_mail),
    Verb("forget sessions|registrations", "the portal knows none of them any more", _forget, 1, 1),
    Verb(
        "maintenance on|off|MINUTES [MINUTES]",
        "refuse everything; or announce that it begins in so many minutes, for so many",
        _maintenance,
        1,
        2,
    ),
    Verb("portal-clock SECONDS", "let the portal's clock be so far ahead, or behind; 0 sets it right", _clock, 1, 1),
)
