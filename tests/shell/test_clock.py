"""The clock is believed when the kernel says that it is synchronised, and always when simulating."""

import pytest

from kiosk.shell.clock import SystemClock, kernel_synchronised


@pytest.mark.parametrize("synchronised", [True, False])
def test_the_kernel_decides(synchronised: bool) -> None:
    assert SystemClock("kernel", lambda: synchronised).trusted() is synchronised


def test_simulating_believes_the_clock() -> None:
    assert SystemClock("always", lambda: False).trusted()


def test_the_kernel_can_be_asked() -> None:
    assert kernel_synchronised() in {True, False}


def test_moments_are_aware_and_the_steady_clock_does_not_go_back() -> None:
    clock = SystemClock("always")
    offset = clock.now().utcoffset()
    assert offset is not None
    assert not offset
    assert clock.monotonic() <= clock.monotonic()
