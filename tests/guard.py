"""What every test is held to: the network ends at this machine, and nothing is left running."""

import ipaddress
import threading
from dataclasses import dataclass
from pathlib import Path


class ClosedNetworkError(RuntimeError):
    """A test wanted to reach another machine. Not an OSError, so that no code under test takes it for a bad line."""


def network_guard(event: str, args: tuple[object, ...]) -> None:
    """An audit hook (`sys.addaudithook`) that lets only loopback addresses and Unix sockets pass."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if not isinstance(address, tuple):  # the path of a Unix socket, or none: connected before
            return
        host = address[0]
    else:
        return
    if not _stays_here(host):
        raise ClosedNetworkError(f"{event} to {host!r}")


def _stays_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Running:
    """The threads and child processes of this moment."""

    threads: frozenset[threading.Thread]
    children: frozenset[str]


def running() -> Running:
    """What runs now."""
    return Running(frozenset(threading.enumerate()), frozenset(_children()))


def left_running(before: Running, patience: float = 5.0) -> list[str]:
    """What runs now and did not `before`, by name or process id; threads get `patience` seconds each to end."""
    for thread in running().threads - before.threads:
        thread.join(patience)
    now = running()
    return sorted(thread.name for thread in now.threads - before.threads) + sorted(now.children - before.children)


def _children() -> list[str]:
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found += task.read_text(encoding="ascii").split()
        except OSError:  # the thread has just ended
            continue
    return [pid for pid in found if not _is_pythons_own(pid)]


def _is_pythons_own(pid: str) -> bool:
    """Whether it is the tracker that `multiprocessing` keeps until the end, or gone already."""
    try:
        return b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True
