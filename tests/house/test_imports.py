"""What a process carries from its first moment: it is in its memory, and it has to be loaded before anything is shown.

The processes that receive visitors carry no sample people, so that whose name is found in one has been there. The
keeper, which outlives every visit, carries neither window nor devices.
"""

import subprocess
import sys

from tests.house.tree import ROOT

SAMPLES = (
    "drivers.bench.authority",
    "drivers.bench.bench",
    "drivers.bench.papers",
    "drivers.bench.visitors",
    "drivers.bench.words",
    "drivers.card.samples",
    "drivers.portal.sandbox",
)
OF_A_VISIT = (
    "cryptography",
    "cv2",
    "drivers",
    "numpy",
    "PIL",
    "pygame",
    "requests",
    "screens",
    "smartcard",
    "zxingcpp",
)


def carried(*imports: str) -> set[str]:
    """Every module of an interpreter that has imported these."""
    program = f"import sys, {', '.join(imports)}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    return set(done.stdout.split())


def within(modules: set[str], packages: tuple[str, ...]) -> set[str]:
    """Those that are one of these packages, or in one of them."""
    return {module for module in modules if any(f"{module}.".startswith(f"{package}.") for package in packages)}


def test_a_visit_carries_no_sample_people() -> None:
    modules = carried("kiosk.__main__", "kiosk.commands.opening", "kiosk.commands.receive")
    assert {"drivers.bench.remote", "screens.window"} <= modules
    assert within(modules, SAMPLES) == set()


def test_nor_does_who_plays_at_a_bench() -> None:
    modules = carried("kiosk.commands.walk", "kiosk.commands.check")
    assert "drivers.bench.remote" in modules
    assert within(modules, SAMPLES) == set()


def test_the_keeper_carries_nothing_of_a_visit() -> None:
    modules = carried("kiosk.__main__", "kiosk.commands.keep")
    assert "kiosk.shell.keeper" in modules
    assert within(modules, OF_A_VISIT) == set()


def test_the_bench_would_be_noticed() -> None:
    assert within(carried("drivers.bench.bench"), SAMPLES) >= set(SAMPLES)
