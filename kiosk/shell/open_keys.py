"""Which submissions have no known fate: keys in the ledger's folder that no living visit holds.

The keeper sees names of files only (`kiosk.shell.ledger`); it opens none. It knows all the same whose keys they are:
only the visit on stage submits, so what stands there when its process has gone was left by it or by an earlier one.
"""

from pathlib import Path

from kiosk.shell.ledger import KEY


class OpenKeys:
    """Remembers the keys that stood there when a visit's process had gone, at first when the keeper began."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: frozenset[str] = frozenset()
        self._known = self._names()

    def appeared(self) -> bool:
        """A visit's process has gone: whether a key is open that was not when the last one went."""
        names = self._names()
        new = names - self._known
        self._known = names
        return bool(new)

    def orphaned(self) -> bool:
        """Whether one of the remembered keys is open still. What a living visit opened meanwhile does not count."""
        self._known &= self._names()
        return bool(self._known)

    def _names(self) -> frozenset[str]:
        try:
            return frozenset(file.name for file in self._folder.iterdir() if KEY.fullmatch(file.name))
        except FileNotFoundError:
            return frozenset()
        except OSError:  # a disk that cannot be read tells nothing new, and must not end the visit that stands
            return self._known
