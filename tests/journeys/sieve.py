"""Finds many byte strings in much memory at once: every process of a terminal in seconds.

Each form's first four bytes are looked up at every offset, all offsets of a piece together: first in a table of 64 ki
marks (one in some hundred offsets passes by chance), then exactly, with the next four; what is left is compared whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

SHORTEST = 8
"""Bytes of a form; anything shorter stands anywhere by chance."""

_HEAD = 4
_MIX = np.uint32(0x9E3779B1)

Words = npt.NDArray[np.uint32]


def in_every_encoding(*words: str) -> tuple[bytes, ...]:
    """As programs hold text: UTF-8, UTF-16 and UTF-32 of both byte orders."""
    codes = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    return tuple(dict.fromkeys(word.encode(code) for word in words for code in codes))


class Sieve:
    """`needles` have a name and one or more forms; a needle is found where one of its forms is."""

    def __init__(self, needles: Mapping[str, Iterable[bytes]]) -> None:
        self.names = frozenset(needles)
        self._forms: defaultdict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for name, forms in needles.items():
            for form in forms:
                assert len(form) >= SHORTEST, f"a form of {name} is too short to be looked for"
                self._forms[form[:_HEAD]].append((form, name))
        self._heads = np.frombuffer(b"".join(self._forms), "<u4")
        nexts = b"".join(form[_HEAD : 2 * _HEAD] for forms in self._forms.values() for form, _ in forms)
        self._nexts = np.frombuffer(nexts, "<u4")
        self._marks = np.zeros(1 << 16, bool)
        self._marks[_mixed(self._heads)] = True
        self.overlap = max((len(form) for forms in self._forms.values() for form, _ in forms), default=1) - 1

    def found_in(self, piece: bytes) -> set[str]:
        """The names of what stands in this piece of memory."""
        found: set[str] = set()
        for shift in range(_HEAD):
            count = (len(piece) - shift) // _HEAD
            if count < 1:
                break
            words = np.frombuffer(piece, "<u4", count, shift)
            near = np.flatnonzero(self._marks.take(_mixed(words)[:-1]))
            near = near[np.isin(words[near], self._heads)]
            for index in near[np.isin(words[near + 1], self._nexts)]:
                start = int(index) * _HEAD + shift
                forms = self._forms[piece[start : start + _HEAD]]
                found |= {name for form, name in forms if piece.startswith(form, start)}
        return found


def _mixed(words: Words) -> npt.NDArray[np.uint16]:
    return ((words * _MIX) >> np.uint32(16)).astype(np.uint16)
