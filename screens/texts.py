"""The sentences of one language, read from its PO file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.visit import Language
from screens.ruby import annotated

FOLDER = Path(__file__).resolve().parents[1] / "config" / "texts"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences by key. Keys are `<view in snake case>.<part>`; `{name}` in a sentence is filled in, `{word|reading}`
    is a word with its furigana (see `screens.ruby`).
    """

    language: Language
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Raises KeyError where the language has no such sentence."""
        sentence = self.sentences[key]
        return sentence.format(**values) if values else sentence

    def has(self, key: str) -> bool:
        return key in self.sentences


@cache
def load_catalogue(language: Language, folder: Path = FOLDER) -> Catalogue:
    """Read `<language>.po`."""
    with (folder / f"{language.value}.po").open("rb") as file:
        messages = read_po(file, abort_invalid=True)
    return Catalogue(language, {str(m.id): annotated(str(m.string)) for m in messages if m.id and m.string})
