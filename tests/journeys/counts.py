"""What a process costs, as the kernel counts it: memory, processor, wakings, threads, open files."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_GONE = (FileNotFoundError, ProcessLookupError)


def pss_kilobytes(pid: int) -> int:
    """Its proportional share of memory (PSS). Grows, too, when others no longer share a library's pages with it."""
    return _rolled_up(pid, "Pss")


def own_kilobytes(pid: int) -> int:
    """What it has allocated and written to, whoever else there is."""
    return _rolled_up(pid, "Anonymous")


def _rolled_up(pid: int, key: str) -> int:
    found = re.search(rf"^{key}: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1])


def descriptors(pid: int) -> list[str]:
    """What its file descriptors lead to; numbers of sockets and pipes left out."""
    links = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(*_GONE):
            links.append(re.sub(r":\[\d+\]$", "", str(descriptor.readlink())))
    return sorted(links)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of a processor, and how often its threads went to sleep by themselves (and so were woken), by thread."""

    seconds: float
    wakings: dict[str, int]

    def since(self, before: "Spent") -> "Spent":
        """What was spent meanwhile. A thread that has ended meanwhile counts for nothing."""
        woken = {name: count - before.wakings.get(name, 0) for name, count in self.wakings.items()}
        return Spent(self.seconds - before.seconds, {name: count for name, count in woken.items() if count})

    @property
    def woken(self) -> int:
        """All threads together."""
        return sum(self.wakings.values())


def spent(pid: int) -> Spent:
    """So far, in nanoseconds' steps."""
    seconds, wakings = 0.0, dict[str, int]()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(*_GONE):
            seconds += int((task / "schedstat").read_text("ascii").split()[0]) / 1e9
            status = (task / "status").read_text("utf-8")
            name, count = (re.search(rf"^{key}:\s+(.+)$", status, re.MULTILINE) for key in _STATUS)
            assert name is not None
            assert count is not None
            wakings[f"{name[1]} {task.name}"] = int(count[1])
    return Spent(seconds, wakings)


_STATUS = ("Name", "voluntary_ctxt_switches")
