"""Waiting with an end for what may never answer: the software of a reader knows no limit of its own."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

Outcome = TypeVar("Outcome")


def within(seconds: float, ask: Callable[[], Outcome]) -> Outcome | None:
    """What `ask` returns or raises; None where it takes longer.

    It is then left alone on its thread, which does not keep the process from ending. Ctrl-C ends the waiting: a call
    into the reader's software it could not end.
    """
    answered: Future[Outcome] = Future()

    def work() -> None:
        try:
            answered.set_result(ask())
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answered.set_exception(error)

    Thread(target=work, name="within", daemon=True).start()
    wait([answered], seconds)
    return answered.result() if answered.done() else None
