"""Who has registered, so that "come back within 24 hours" is true though the sandbox was started anew meanwhile.

Beside the ledger, in its file or in memory. What is dead is not kept.
"""

import sqlite3
import weakref
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

_TABLE = """
CREATE TABLE IF NOT EXISTS registrations (
  handle TEXT PRIMARY KEY NOT NULL,
  terminal TEXT NOT NULL,
  address TEXT NOT NULL,
  token TEXT NOT NULL,
  deadline TEXT NOT NULL,
  confirmed INTEGER NOT NULL,
  code TEXT NOT NULL,
  mails INTEGER NOT NULL
)
"""


@dataclass(slots=True)
class Registration:
    """One address and how far it has come. `code` is empty until the button was pressed, and once it has served."""

    terminal: str
    handle: str = field(repr=False)
    address: str = field(repr=False)
    token: str = field(repr=False)
    deadline: datetime
    confirmed: bool = False
    code: str = field(default="", repr=False)
    mails: int = 0
    challenge: bytes = field(default=b"", repr=False)
    """Of the login that is under way; it dies with the process."""


class Shelf:
    """`file` is that of the ledger. From any thread."""

    def __init__(self, file: Path | None = None) -> None:
        self._lock = Lock()
        if file is not None:
            file.touch(mode=0o600)
        self._db = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self._db.execute("PRAGMA secure_delete = ON")  # an address that was thrown away is in no free page
        self._db.execute(_TABLE)

    def alive(self, now: datetime) -> list[Registration]:
        """All that are, in order; what is dead is thrown away."""
        with self._lock:
            rows = self._db.execute(
                "SELECT terminal, handle, address, token, deadline, confirmed, code, mails"
                " FROM registrations ORDER BY rowid"
            ).fetchall()
            found = [
                Registration(
                    who, handle, address, token, datetime.fromisoformat(deadline), bool(confirmed), code, mails
                )
                for who, handle, address, token, deadline, confirmed, code, mails in rows
            ]
            dead = [(one.handle,) for one in found if one.deadline <= now]
            self._db.executemany("DELETE FROM registrations WHERE handle = ?", dead)
            return [one for one in found if one.deadline > now]

    def keep(self, one: Registration) -> None:
        """As it stands now."""
        values = (one.handle, one.terminal, one.address, one.token, one.deadline.isoformat())
        with self._lock:
            self._db.execute(
                "INSERT INTO registrations VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (handle) DO UPDATE SET"
                " address = excluded.address, token = excluded.token, deadline = excluded.deadline,"
                " confirmed = excluded.confirmed, code = excluded.code, mails = excluded.mails",
                (*values, one.confirmed, one.code, one.mails),
            )

    def clear(self) -> None:
        """Nobody was ever here."""
        with self._lock:
            self._db.execute("DELETE FROM registrations")
