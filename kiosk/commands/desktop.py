"""Keys of a desktop that play the simulated hands: each visit's process has a pair, the bench remembers what lies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from drivers.bench.remote import RemoteBench
from kiosk.shell.journal import Journal
from kiosk.walk.hands import hands
from kiosk.walk.keys import HandKeys


@contextmanager
def desktop_keys(bench: Path | None, leave: Callable[[], None], journal: Journal) -> Iterator[Callable[[str], None]]:
    """What a key's name does; nothing at all on a real terminal."""
    if bench is None:
        yield lambda _name: None
        return
    with RemoteBench(bench) as remote, hands(lambda error: journal.fault("hands", error)) as pair:
        yield HandKeys(remote, pair, leave, partial(print, flush=True)).press
