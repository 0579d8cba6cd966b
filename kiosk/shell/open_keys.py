"""Whether a submission was under way when a visit died: a key in the ledger's folder that was not there before.

The keeper sees names of files only (`kiosk.shell.ledger`); it opens none.
"""

from pathlib import Path


class OpenKeys:
    """Remembers which keys it has told about."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = self._names()

    def appeared(self) -> bool:
        """Whether a key is open that was not at the last call; what was settled meanwhile is forgotten."""
        names = self._names()
        new = names - self._known
        self._known = names
        return bool(new)

    def _names(self) -> frozenset[str]:
        try:
            return frozenset(file.name for file in self._folder.iterdir())
        except FileNotFoundError:
            return frozenset()
