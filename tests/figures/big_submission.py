"""An applicant that hands in 10 MB and prints what that cost: ours, then the same body by requests alone, which builds
it in memory and tells no progress; each when a line on the standard input says so. Run by `test_submission.py`.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from drivers.portal.client import PortalClient
from tests.drivers.portal.world import a_page, a_submission
from tests.journeys.applicant import apply, transport

FILES, BYTES = 5, 1_990_000


def measured(act: Callable[[], object]) -> dict[str, float]:
    """Seconds of this thread's processor, seconds on the wall, kilobytes above what the process held before."""
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the highest mark begins anew
    begun, spent = time.monotonic(), time.process_time()
    act()
    return {
        "processor": time.process_time() - spent,
        "wall": time.monotonic() - begun,
        "kilobytes": _status("VmHWM") - before,
    }


def _status(key: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(f"{key}:")).split()[1])


def main() -> None:
    door = sys.argv[1:]
    client = PortalClient(transport(door))
    apply(client)
    pages = [a_page(BYTES, seed) for seed in range(FILES)]
    moves: list[int] = []

    def ours() -> None:
        client.submit(a_submission(*pages), "0123456789abcdef0123456789abcdef", lambda done, _whole: moves.append(done))

    def alone() -> None:
        url, ca, certificate, key = door
        files = [("file", (page.name, page.content, page.media_type)) for page in pages]
        with requests.Session() as session:
            session.trust_env = False
            session.post(f"{url}/submissions", files=files, verify=ca, cert=(certificate, key), timeout=60)

    for who, act in (("ours", ours), ("requests alone", alone)):
        sys.stdin.readline()
        print(json.dumps({"who": who, "payload": FILES * BYTES, **measured(act), "moves": len(moves)}), flush=True)
    client.close()


main()
