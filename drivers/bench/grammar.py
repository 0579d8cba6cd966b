"""The grammar of the hands' language: a verb and its words, and what a slip is answered with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from drivers.bench.bench import Bench

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


def one_of(known: Sequence[str], word: str, what: str) -> str:
    """The one that was said; capitals and underlines do not matter."""
    wanted = word.lower().replace("_", "-")
    if wanted in known:
        return wanted
    near = get_close_matches(wanted, known, n=1, cutoff=0)
    raise SlippedError(f'there is no {what} "{word[:40]}"; the nearest is "{near[0]}"')


def number(word: str, least: int, most: int, what: str) -> int:
    """A whole one."""
    if not (word.isascii() and word.isdecimal() and len(word) < 9 and least <= int(word) <= most):
        raise SlippedError(f"{what} is a number from {least} to {most}")
    return int(word)


def measure(word: str, most: float, what: str, least: float = 0.0) -> float:
    """One with a fraction."""
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise SlippedError(f"{what} is a number from {least:g} to {most:g}")
    return value


def on_or_off(word: str) -> bool:
    """True for on."""
    if word not in {"on", "off"}:
        raise SlippedError('say "on" or "off"')
    return word == "on"
