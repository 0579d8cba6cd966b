"""The bench as a child process: one way to start it, for the keeper, the walk and a technician's try-out."""

import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STARTING_SECONDS = 60
_ENDING_SECONDS = 60


@contextmanager
def bench_process(*words: str) -> Iterator[Path]:
    """The folder of its sockets and addresses, when all its devices stand; afterwards both are gone. `words` are more
    of its command line.
    """
    with started_bench(*words) as (folder, _):
        yield folder


@contextmanager
def started_bench(*words: str, page: bool = False) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """The same, and its process, for who wants to know when that is gone.

    It is in a process group of its own: Ctrl-C at a prompt ends the terminal first, and the terminal its bench.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        bench = subprocess.Popen(  # noqa: S603  # our own words
            [sys.executable, "-m", "drivers.bench", "--socket", folder, *(["--page", "0"] if page else []), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        try:
            assert bench.stdout is not None
            if not select.select([bench.stdout], [], [], _STARTING_SECONDS)[0] or bench.stdout.readline() != "ready\n":
                raise ChildProcessError("the bench did not start")
            yield Path(folder), bench
        finally:
            _end(bench)


def _end(bench: subprocess.Popen[str]) -> None:
    """Its input ends, and so does it."""
    assert bench.stdin is not None
    assert bench.stdout is not None
    bench.stdin.close()
    try:
        bench.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        bench.kill()
        bench.wait()
    bench.stdout.close()
