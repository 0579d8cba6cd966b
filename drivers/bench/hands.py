"""The hands' language: one command a line, one answer a line, `ok ...` or `error` and a sentence.

People at a prompt, scripts and the bench page speak it alike. `help` lists it; a word that is none is answered with
the nearest that is.
"""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from drivers.bench.bench import PAPERS, Bench
from drivers.bench.cables import DEVICES
from drivers.bench.cases import CardCase
from drivers.bench.grammar import SlippedError, Verb, measure, number, on_or_off, one_of
from drivers.bench.portal_hands import PORTAL_VERBS
from drivers.bench.survey import introductions, mails, survey

SWITCHES = ("presence", "tamper", "service-key")
KINDS = tuple(kind.value for kind in PAPERS)
CASES = tuple(case.name.lower().replace("_", "-") for case in CardCase)


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
    verb = verbs[one_of(tuple(verbs), name, "command")]
    if not verb.least <= len(rest) <= verb.most:
        raise SlippedError(f"say `{verb.usage}`")
    return verb.act(bench, rest)


def _degrees(word: str) -> float:
    return measure(word, 360, "how far it is turned", least=-360)


def _visitor(bench: Bench, word: str) -> int:
    return number(word, 1, len(bench.people.visitors), "a visitor")


def _invite(bench: Bench, rest: Sequence[str]) -> str:
    return str(bench.people.invite(*rest))


def _lay_card(bench: Bench, rest: Sequence[str]) -> str:
    number = _visitor(bench, rest[0])
    case = CardCase[one_of(CASES, rest[1], "card").upper().replace("-", "_")] if len(rest) > 1 else CardCase.FINE
    bench.lay_card(number, case)
    return ""


def _take_card(bench: Bench, _rest: Sequence[str]) -> str:
    bench.take_card()
    return ""


def _lay_paper(bench: Bench, rest: Sequence[str]) -> str:
    degrees = _degrees(rest[1]) if len(rest) > 1 else 0.0
    visitor = _visitor(bench, rest[2]) if len(rest) > 2 else 1
    bench.lay_paper(_sample(rest[0]) if _is_sample(rest[0]) else Path(rest[0]), visitor, degrees)
    return ""


def _lay_sample(bench: Bench, rest: Sequence[str]) -> str:
    _sample(rest[0])
    return _lay_paper(bench, rest)


def _is_sample(word: str) -> bool:
    return word.isdecimal() or word.lower().replace("_", "-") in KINDS


def _sample(word: str) -> int:
    """By kind, or by number: after the last sample the first comes again."""
    if word[:1].isdecimal():
        return number(word, 0, 99_999, "a sample paper")
    return KINDS.index(one_of(KINDS, word, "sample paper"))


def _turn_paper(bench: Bench, rest: Sequence[str]) -> str:
    bench.turn_paper(_degrees(rest[0]) if rest else 90.0)
    return ""


def _turn_over(bench: Bench, _rest: Sequence[str]) -> str:
    bench.tray.turn_over()
    return ""


def _lay_stick(bench: Bench, _rest: Sequence[str]) -> str:
    bench.lay_stick()
    return ""


def _take_paper(bench: Bench, _rest: Sequence[str]) -> str:
    bench.take_paper()
    return ""


def _slide_paper(bench: Bench, rest: Sequence[str]) -> str:
    right, down = (measure(word, 400, "how many millimetres", -400) for word in rest)
    bench.tray.slide(right, down)
    return ""


def _curl_paper(bench: Bench, rest: Sequence[str]) -> str:
    bench.tray.curl(measure(rest[0], 60, "how high its ends come up"))
    return ""


def _shake_paper(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.shake_paper(on_or_off(rest[0]))
    return ""


def _reach_in(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.reach_in(on_or_off(rest[0]))
    return ""


def _spoil_light(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.spoil_light(on_or_off(rest[0]))
    return ""


def _dim_lamp(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.dim_lamp(on_or_off(rest[0]))
    return ""


def _cast_shadow(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.cast_shadow(on_or_off(rest[0]))
    return ""


def _mirror_lamp(bench: Bench, rest: Sequence[str]) -> str:
    bench.over_tray.mirror_lamp(on_or_off(rest[0]))
    return ""


def _unplug(bench: Bench, rest: Sequence[str]) -> str:
    bench.unplug(one_of(DEVICES, rest[0], "cable"))
    return ""


def _plug(bench: Bench, rest: Sequence[str]) -> str:
    bench.plug(one_of(DEVICES, rest[0], "cable"))
    return ""


def _open_mail(bench: Bench, rest: Sequence[str]) -> str:
    if rest:
        return bench.open_mail(number(rest[0], 1, 99_999, "a mail"))
    code = bench.open_newest_mail()
    if code is None:
        raise SlippedError("there is no mail with a link yet")
    return code


def _press(bench: Bench, rest: Sequence[str]) -> str:
    bench.panel.turn(one_of(SWITCHES, rest[0], "switch").replace("-", "_"), on_or_off(rest[1]))
    return ""


def _visitors(bench: Bench, _rest: Sequence[str]) -> str:
    return json.dumps(introductions(bench), ensure_ascii=False)


def _help(_bench: Bench, rest: Sequence[str]) -> str:
    if rest:
        verb = VERBS[one_of(tuple(VERBS), rest[0], "command")]
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
            "lay-paper KIND|NUMBER|FILE [DEGREES [VISITOR]]",
            f"samples 0 to {len(KINDS) - 1} ({', '.join(KINDS)}) with the visitor's numbers, "
            "or a picture file of your own, upon what lies there",
            _lay_paper,
            1,
            3,
        ),
        Verb("turn-paper [DEGREES]", "turn what lies on the tray, clockwise, by 90 unless told", _turn_paper, 0, 1),
        Verb("turn-over", "turn what lies on the tray upside down: its empty side up, or its print again", _turn_over),
        Verb("lay-stick", "lay a wooden stick across the tray, upon what lies there", _lay_stick),
        Verb("take-paper", "empty the tray", _take_paper),
        Verb("slide-paper RIGHT DOWN", "push what lies on the tray, in mm", _slide_paper, 2, 2),
        Verb("curl-paper MM", "let the short ends of what lies there come up", _curl_paper, 1, 1),
        Verb("shake-paper on|off", "move what lies on the tray to and fro, or hold it still", _shake_paper, 1, 1),
        Verb("reach-in on|off", "hold a hand over the tray, or take it away", _reach_in, 1, 1),
        Verb("dim-lamp on|off", "turn the lamp over the tray down, or up again", _dim_lamp, 1, 1),
        Verb("cast-shadow on|off", "lean over the tray, or lean back", _cast_shadow, 1, 1),
        Verb("mirror-lamp on|off", "mirror the lamp in the middle of the tray, or not", _mirror_lamp, 1, 1),
        Verb("spoil-light on|off", "cloud the camera's lens, or wipe it", _spoil_light, 1, 1),
        Verb("unplug DEVICE", f"pull a cable: {', '.join(DEVICES)}", _unplug, 1, 1),
        Verb("plug DEVICE", "put it back", _plug, 1, 1),
        *PORTAL_VERBS,
        Verb("mails", "all mails so far, as JSON", lambda bench, _rest: json.dumps(mails(bench), ensure_ascii=False)),
        Verb("open-mail [NUMBER]", "open a mail's link and press its button; answers the code", _open_mail, 0, 1),
        Verb("press SWITCH on|off", f"close or open a contact: {', '.join(SWITCHES)}", _press, 2, 2),
        Verb("state", "what lies where, as JSON", lambda bench, _rest: json.dumps(survey(bench), ensure_ascii=False)),
        Verb("help [COMMAND]", "this list", _help, 0, 1),
    )
}

PAGE_VERBS = {
    **VERBS,
    "lay-paper": replace(VERBS["lay-paper"], usage="lay-paper KIND|NUMBER [DEGREES [VISITOR]]", act=_lay_sample),
}
"""The same from the bench page, which anybody on this machine can open: it names no files of who runs the bench."""
