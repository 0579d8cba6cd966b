"""What was handed in, exactly once: a key is open, received or void, and the last two are final.

A submission and a settlement of the same key may arrive in any order, at any time and, where the ledger is a file, in
two processes. Whoever comes first decides, in one transaction: a received submission stays received, a settled key
takes no submission any more. Of a submission that comes too late nothing is kept but that it came.

SQLite keeps it: in memory, or in a file that outlives the sandbox and holds what it keeps until its fates (synced at
each commit).
"""

import json
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from drivers.portal import wire
from drivers.portal.sandbox.opening import JAPAN
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import AttributesRequest, Refusal
from kiosk.ports import Enclosure

_TABLES = """
CREATE TABLE IF NOT EXISTS submissions (
  key TEXT PRIMARY KEY NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'void')),
  decided TEXT NOT NULL,
  came_late INTEGER NOT NULL DEFAULT 0,
  number TEXT UNIQUE,
  contract TEXT, receipt TEXT, fields TEXT, address TEXT, attributes BLOB, serial TEXT,
  CHECK ((state = 'received') = (number IS NOT NULL))
);
CREATE TABLE IF NOT EXISTS files (
  key TEXT NOT NULL REFERENCES submissions (key),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (key, place)
);
CREATE VIEW IF NOT EXISTS received AS
  SELECT key, number, decided, contract, receipt, fields, address, attributes, serial, rowid AS place
  FROM submissions WHERE state = 'received' ORDER BY rowid;
"""


@dataclass(frozen=True, slots=True)
class Handed:
    """What one request hands in, after it was found in order."""

    contract: str = field(repr=False)
    receipt: str = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    files: tuple[Enclosure, ...]
    address: str = field(repr=False)
    attributes: AttributesRequest = field(repr=False)
    certificate_serial: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """One submission that was received, and when."""

    key: str
    number: str
    at: datetime
    handed: Handed


@dataclass(frozen=True, slots=True)
class Void:
    """A key that takes nothing, since when, and how many submissions came too late."""

    key: str
    at: datetime
    came_late: int


class Ledger:
    """`file` is made if it is not there, its user's only; None keeps all in memory. From any thread."""

    def __init__(self, now: Callable[[], datetime], file: Path | None = None) -> None:
        self._now = now
        self._lock = Lock()  # one connection, one transaction at a time
        if file is not None:
            file.touch(mode=0o600)
        self._db = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self._db.executescript(_TABLES)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of what was received, in order."""
        with self._lock:
            return tuple(number for (number,) in self._db.execute("SELECT number FROM received"))

    @property
    def received(self) -> tuple[Received, ...]:
        """In order, with all files."""
        with self._lock:
            return tuple(self._read(row) for row in self._db.execute("SELECT * FROM received").fetchall())

    def newest(self, count: int, after: int = 0) -> tuple[Received, ...]:
        """So many of what was received, the latest first, after the `after` latest."""
        with self._lock:
            rows = self._db.execute("SELECT * FROM received ORDER BY place DESC LIMIT ? OFFSET ?", (count, after))
            return tuple(self._read(row) for row in rows.fetchall())

    @property
    def void(self) -> tuple[Void, ...]:
        """In order."""
        with self._lock:
            rows = self._db.execute(
                "SELECT key, decided, came_late FROM submissions WHERE state = 'void' ORDER BY rowid"
            )
            return tuple(Void(key, datetime.fromisoformat(at), late) for key, at, late in rows)

    def find(self, number: str) -> Received | None:
        """What was received under this number."""
        with self._lock:
            row = self._db.execute("SELECT * FROM received WHERE number = ?", (number,)).fetchone()
            return None if row is None else self._read(row)

    def receive(self, key: str, handed: Handed) -> tuple[Received, bool]:
        """The row of a key, and whether it is new. Refuses a void key, and the key of something else."""
        with self._lock, self._deciding():
            late = self._db.execute(
                "UPDATE submissions SET came_late = came_late + 1 WHERE key = ? AND state = 'void'", (key,)
            )
            there = self._db.execute("SELECT * FROM received WHERE key = ?", (key,)).fetchone()
            if not late.rowcount and there is None:
                return self._write(key, handed), True
        if there is None:
            raise RefusedError(Refusal.KEY_VOIDED)
        with self._lock:
            received = self._read(there)
        if received.handed != handed:
            raise RefusedError(Refusal.SUBMISSION_REFUSED)
        return received, False

    def settle(self, key: str) -> str | None:
        """The final fate: the number, or None for void, and then for ever."""
        with self._lock, self._deciding():
            self._db.execute(
                "INSERT INTO submissions (key, state, decided) VALUES (?, 'void', ?) ON CONFLICT (key) DO NOTHING",
                (key, self._now().isoformat()),
            )
            number: str | None
            (number,) = self._db.execute("SELECT number FROM submissions WHERE key = ?", (key,)).fetchone()
            return number

    @contextmanager
    def _deciding(self) -> Iterator[None]:
        """Nobody else decides meanwhile; what is decided is on the disk when it is over."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _write(self, key: str, handed: Handed) -> Received:
        now = self._now()
        (before,) = self._db.execute("SELECT count(number) FROM submissions").fetchone()
        number = f"{handed.receipt[1:5]}-{now.astimezone(JAPAN):%Y-%m%d}-{before + 1:05}"
        self._db.execute(
            "INSERT INTO submissions (state, key, number, decided, contract, receipt, fields, address, attributes,"
            " serial) VALUES ('received', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                number,
                now.isoformat(),
                handed.contract,
                handed.receipt,
                json.dumps(handed.fields),
                handed.address,
                wire.encode(handed.attributes),
                f"{handed.certificate_serial:x}",
            ),
        )
        self._db.executemany(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
            [(key, place, one.name, one.media_type, one.content) for place, one in enumerate(handed.files)],
        )
        return Received(key, number, now, handed)

    def _read(self, row: tuple[str, str, str, str, str, str, str, bytes, str, int]) -> Received:
        key, number, at, contract, receipt, fields, address, said, serial, _place = row
        files = self._db.execute("SELECT name, media_type, content FROM files WHERE key = ? ORDER BY place", (key,))
        attributes = wire.decode(said, AttributesRequest)
        assert attributes is not None
        handed = Handed(
            contract,
            receipt,
            tuple((name, value) for name, value in json.loads(fields)),
            tuple(Enclosure(*file) for file in files),
            address,
            attributes,
            int(serial, 16),
        )
        return Received(key, number, datetime.fromisoformat(at), handed)
