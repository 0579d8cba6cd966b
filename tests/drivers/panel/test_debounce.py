"""A bouncing contact is told once, and a resting one is told truly."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from drivers.panel.debounce import SETTLE, Debounce

SAMPLES = st.lists(st.tuples(st.floats(0, 0.1), st.booleans()), min_size=1, max_size=60)


def fed(samples: list[tuple[float, bool]]) -> list[tuple[float, bool, Debounce]]:
    """(moment, level, what stands after it); the given times lie between samples."""
    moments = accumulate(gap for gap, _ in samples)
    contact, after = Debounce(), []
    for moment, (_, level) in zip(moments, samples, strict=True):
        contact = contact.feed(level, moment)
        after.append((moment, level, contact))
    return after


def test_a_bouncing_key_is_one_turn() -> None:
    contact = Debounce().feed(False, 0.0)
    told = []
    for moment, level in [(1.0, True), (1.002, False), (1.003, True), (1.004, False), (1.006, True), (1.036, True)]:
        before, contact = contact, contact.feed(level, moment)
        if before.steady is not contact.steady:
            told.append((moment, contact.steady))
    assert told == [(1.036, True)]


def test_the_first_sample_counts_at_once() -> None:
    assert Debounce().feed(True, 5.0) == Debounce(True)
    assert Debounce().due is None


@given(SAMPLES)
def test_a_change_has_been_seen_for_the_settling_time_without_the_other_level(
    samples: list[tuple[float, bool]],
) -> None:
    history = fed(samples)
    for position in range(1, len(history)):
        moment, level, contact = history[position]
        if contact.steady is history[position - 1][2].steady:
            continue
        assert contact.steady is level
        begin = next(at for at in range(position, -1, -1) if at == 0 or history[at - 1][1] is not level)
        assert moment >= history[begin][0] + SETTLE


@given(SAMPLES)
def test_who_looks_again_when_it_is_due_ends_with_the_true_level(samples: list[tuple[float, bool]]) -> None:
    moment, level, contact = fed(samples)[-1]
    if contact.due is not None:
        assert moment < contact.due <= moment + SETTLE
        contact = contact.feed(level, contact.due)
    assert contact == Debounce(level)
