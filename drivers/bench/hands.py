"""The hands' language: one command a line, one answer a line, `ok ...` or `error` and a sentence.

People at a prompt, scripts and the bench page speak it alike. `help` lists it; a word that is none is answered with
the nearest that is.
"""

import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from drivers.bench.bench import PAPERS, Bench
from drivers.bench.cables import DEVICES
from drivers.bench.cases import CardCase
from drivers.bench.survey import introductions, mails, survey

SWITCHES = ("presence", "tamper", "service-key")
CASES = tuple(case.name.lower().replace("_", "-") for case in CardCase)

Act = Callable[[Bench, Sequence[str]], str]


class SlippedError(Exception):
    """A hand could not do it; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of the language: what may follow it, what it does, how many words may follow at least and at most."""

    usage: str
    says: str
    act: Act
    least: int = 0
    most: int = 0


def obey(bench: Bench, line: str, verbs: Mapping[str, Verb] | None = None) -> str:
    """Do what the line says, in all `VERBS` unless told; the answer, without its end of line. Never raises."""
    try:
        words = shlex.split(line)
        if not words:
            return "error say what to do; `help` lists it"
        name, *rest = words
        return " ".join(("ok", _perform(bench, VERBS if verbs is None else verbs, name, rest))).rstrip()
    except SlippedError as error:
        return f"error {error}"
    except TimeoutError:
        return "error it has not come in time"
    except OSError as error:
        return f"error it did not work: {error.strerror or type(error).__name__}"
    except ValueError as error:
        return f"error {error}".replace("\n", " ")


def _perform(bench: Bench, verbs: Mapping[str, Verb], name: str, rest: Sequence[str]) -> str:
    verb = verbs[_one_of(tuple(verbs), name, "command")]
    if not verb.least <= len(rest) <= verb.most:
        raise SlippedError(f"say `{verb.usage}`")
    return verb.act(bench, rest)


def _one_of(known: Sequence[str], word: str, what: str) -> str:
    wanted = word.lower().replace("_", "-")
    if wanted in known:
        return wanted
    near = get_close_matches(wanted, known, n=1, cutoff=0)
    raise SlippedError(f'there is no {what} "{word[:40]}"; the nearest is "{near[0]}"')


def _number(word: str, least: int, most: int, what: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) < 6 and least <= int(word) <= most):
        raise SlippedError(f"{what} is a number from {least} to {most}")
    return int(word)


def _measure(word: str, most: float, what: str, least: float = 0.0) -> float:
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise SlippedError(f"{what} is a number from {least:g} to {most:g}")
    return value


def _degrees(word: str) -> float:
    return _measure(word, 360, "how far it is turned", least=-360)


def _on(word: str) -> bool:
    if word not in {"on", "off"}:
        raise SlippedError('say "on" or "off"')
    return word == "on"


def _visitor(bench: Bench, word: str) -> int:
    return _number(word, 1, len(bench.people.visitors), "a visitor")


def _invite(bench: Bench, rest: Sequence[str]) -> str:
    return str(bench.people.invite(*rest))


def _lay_card(bench: Bench, rest: Sequence[str]) -> str:
    number = _visitor(bench, rest[0])
    case = CardCase[_one_of(CASES, rest[1], "card").upper().replace("-", "_")] if len(rest) > 1 else CardCase.FINE
    bench.lay_card(number, case)
    return ""


def _take_card(bench: Bench, _rest: Sequence[str]) -> str:
    bench.take_card()
    return ""


def _lay_paper(bench: Bench, rest: Sequence[str]) -> str:
    degrees = _degrees(rest[1]) if len(rest) > 1 else 0.0
    visitor = _visitor(bench, rest[2]) if len(rest) > 2 else 1
    which = _number(rest[0], 0, 99_999, "a sample paper") if rest[0].isdecimal() else Path(rest[0])
    bench.lay_paper(which, visitor, degrees)  # after the last sample the first comes again
    return ""


def _lay_sample(bench: Bench, rest: Sequence[str]) -> str:
    _number(rest[0], 0, 99_999, "a sample paper")
    return _lay_paper(bench, rest)


def _turn_paper(bench: Bench, rest: Sequence[str]) -> str:
    bench.turn_paper(_degrees(rest[0]) if rest else 90.0)
    return ""


def _take_paper(bench: Bench, _rest: Sequence[str]) -> str:
    bench.take_paper()
    return ""


def _spoil_light(bench: Bench, rest: Sequence[str]) -> str:
    bench.spoil_light(_on(rest[0]))
    return ""


def _unplug(bench: Bench, rest: Sequence[str]) -> str:
    bench.unplug(_one_of(DEVICES, rest[0], "cable"))
    return ""


def _plug(bench: Bench, rest: Sequence[str]) -> str:
    bench.plug(_one_of(DEVICES, rest[0], "cable"))
    return ""


def _slow(bench: Bench, rest: Sequence[str]) -> str:
    bench.slow(_measure(rest[0], 600, "how many seconds later"))
    return ""


def _lose_answer(bench: Bench, _rest: Sequence[str]) -> str:
    bench.lose_next_answer()
    return ""


def _open_mail(bench: Bench, rest: Sequence[str]) -> str:
    if rest:
        return bench.open_mail(_number(rest[0], 1, 99_999, "a mail"))
    code = bench.open_newest_mail()
    if code is None:
        raise SlippedError("there is no mail with a link yet")
    return code


def _press(bench: Bench, rest: Sequence[str]) -> str:
    bench.panel.turn(_one_of(SWITCHES, rest[0], "switch").replace("-", "_"), _on(rest[1]))
    return ""


def _visitors(bench: Bench, _rest: Sequence[str]) -> str:
    return json.dumps(introductions(bench), ensure_ascii=False)


def _help(_bench: Bench, rest: Sequence[str]) -> str:
    if rest:
        verb = VERBS[_one_of(tuple(VERBS), rest[0], "command")]
        return f"{verb.usage}: {verb.says}"
    return "; ".join(verb.usage for verb in VERBS.values())


VERBS: dict[str, Verb] = {
    verb.usage.split(" ", 1)[0]: verb
    for verb in (
        Verb("visitors", "what each visitor brings along, as JSON", _visitors),
        Verb(
            "invite NAME ADDRESS MAIL",
            "somebody new, with a card and numbers; answers the visitor's number",
            _invite,
            3,
            3,
        ),
        Verb("lay-card VISITOR [CASE]", f"a visitor's, by number; {', '.join(CASES)}", _lay_card, 1, 2),
        Verb("take-card", "take what lies on the reader", _take_card),
        Verb(
            "lay-paper NUMBER|FILE [DEGREES [VISITOR]]",
            f"samples 0 to {len(PAPERS) - 1} ({', '.join(kind.value for kind in PAPERS)}) with the visitor's numbers, "
            "or a picture file of your own, upon what lies there",
            _lay_paper,
            1,
            3,
        ),
        Verb("turn-paper [DEGREES]", "turn what lies on the tray, clockwise, by 90 unless told", _turn_paper, 0, 1),
        Verb("take-paper", "empty the tray", _take_paper),
        Verb("spoil-light on|off", "cloud the camera's lens, or wipe it", _spoil_light, 1, 1),
        Verb("unplug DEVICE", f"pull a cable: {', '.join(DEVICES)}", _unplug, 1, 1),
        Verb("plug DEVICE", "put it back", _plug, 1, 1),
        Verb("slow SECONDS", "let the portal answer so much later; 0 ends it", _slow, 1, 1),
        Verb("lose-answer", "receive the next submission, and break the line before its answer", _lose_answer),
        Verb("mails", "all mails so far, as JSON", lambda bench, _rest: json.dumps(mails(bench), ensure_ascii=False)),
        Verb("open-mail [NUMBER]", "open a mail's link and press its button; answers the code", _open_mail, 0, 1),
        Verb("press SWITCH on|off", f"close or open a contact: {', '.join(SWITCHES)}", _press, 2, 2),
        Verb("state", "what lies where, as JSON", lambda bench, _rest: json.dumps(survey(bench), ensure_ascii=False)),
        Verb("help [COMMAND]", "this list", _help, 0, 1),
    )
}

PAGE_VERBS = {
    **VERBS,
    "lay-paper": replace(VERBS["lay-paper"], usage="lay-paper NUMBER [DEGREES [VISITOR]]", act=_lay_sample),
}
"""The same from the bench page, which anybody on this machine can open: it names no files of who runs the bench."""
