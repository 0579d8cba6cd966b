"""`kiosk`: the command line, signals, and exit codes."""

import json
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

import msgspec

from drivers.bench.bench import Bench
from drivers.bench.visitors import VISITORS, Visitor
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.vault import Vault
from kiosk.command_line import USAGE_ERROR, CheckCard, Command, ListStories, Run, Walk, read_command_line
from kiosk.ports import Closed
from kiosk.service.check_card import check_card
from kiosk.settings import Settings, SettingsError, load
from kiosk.shell.clock import SystemClock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.journal import Journal, described
from kiosk.shell.signals import closing_on_signals
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.terminal import Onlookers, Terminal
from kiosk.visit import Language
from kiosk.walk.hands import hands
from kiosk.walk.keys import LIST, HandKeys
from kiosk.walk.stories import STORIES
from kiosk.walk.walking import Wish, walk
from kiosk.wiring import furnish, open_desk, open_window
from screens.display import do_without_display, has_display

BROKEN_OFF = 70  # EX_SOFTWARE of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    """The exit code. Settings that cannot be used are told in one sentence."""
    command = read_command_line(sys.argv[1:] if arguments is None else arguments, tuple(STORIES), len(VISITORS))
    try:
        return _do(command)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_ERROR
    except Exception as error:  # noqa: BLE001 - a traceback's message may hold anything, and must not be printed
        sys.stderr.write(f"kiosk: broken off by {described(type(error), error.__traceback__)}\n")
        return BROKEN_OFF


def _do(command: Command) -> int:
    match command:
        case ListStories():
            for name, story in STORIES.items():
                print(f"{name:16} {story.__doc__ or ''}")
            return 0
        case CheckCard():
            return _check_card(command)
        case Walk():
            return _walk(command)
        case Run(simulate=True) if not has_display():
            return _walk_without_display(command)
        case Run():
            return _run(command)


def _run(command: Run) -> int:
    settings = load(command.simulate, command.config)
    clock, line, pictures = SystemClock(settings.clock.trust), Switchboard(), CurrentPictures()
    with ExitStack() as end:
        journal = end.enter_context(_journaling(logging.StreamHandler()))
        end.enter_context(closing_on_signals(lambda: line.put(Closed())))
        bench = end.enter_context(Bench(clock.now)) if command.simulate else None
        house = furnish(settings, bench, clock, journal, _state_dir(settings, end))
        window = open_window(settings, pictures)
        end.callback(window.close)
        onlookers = Onlookers()
        if bench is not None:
            pair = end.enter_context(hands(lambda error: journal.fault("hands", error)))
            onlookers = Onlookers(press=HandKeys(bench, pair, lambda: line.put(Closed()), _tell).press)
            for words in (LIST, *map(_introduced, VISITORS)):
                _tell(words)
        Terminal(house, window, pictures, line, onlookers).serve()
    return 0


def _walk_without_display(command: Run) -> int:
    settings = load(simulate=True, config_file=command.config)
    _tell("There is no display: the terminal makes one whole visit by itself.")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    out = command.out or Path(
        tempfile.mkdtemp(prefix="kiosk-walk-", dir=runtime if runtime and Path(runtime).is_dir() else None)
    )
    do_without_display()
    return _walk_and_tell(settings, Wish(next(iter(STORIES)), Language.JA, None, out))


def _walk(command: Walk) -> int:
    settings = load(simulate=True, config_file=command.config)
    if command.panel is not None and command.panel not in settings.panels:
        names = ", ".join(settings.panels)
        sys.stderr.write(f"kiosk walk: there is no panel {command.panel}; there are {names}.\n")
        return USAGE_ERROR
    if command.language not in settings.screen.languages:
        sys.stderr.write(f"kiosk walk: the configuration does not offer the language {command.language.value}.\n")
        return USAGE_ERROR
    if not command.show:
        do_without_display()
    screen = msgspec.structs.replace(
        settings.screen,
        panel=command.panel or settings.screen.panel,
        text_size=command.text_size or settings.screen.text_size,
    )
    settings = msgspec.structs.replace(settings, screen=screen)
    return _walk_and_tell(settings, Wish(command.story, command.language, command.visitor, command.out))


def _walk_and_tell(settings: Settings, wish: Wish) -> int:
    wish.out.mkdir(parents=True, exist_ok=True)
    clock, line = SystemClock("always"), Switchboard()
    with ExitStack() as end:
        end.enter_context(closing_on_signals(lambda: line.put(Closed())))
        journal = end.enter_context(_journaling(logging.FileHandler(wish.out / "journal.txt", "w", "utf-8")))
        outcome = walk(settings, wish, clock, journal, _state_dir(settings, end), line, _tell)
    _tell(f"pictures, contact sheet and journey.json are in {wish.out}")
    if not outcome.ok:
        sys.stderr.write(f"the walk did not end as it should: {outcome.reason}\n")
        return 1
    _tell("received" + (f" as {outcome.number}" if outcome.number else "") if outcome.received else "nothing was sent")
    return 0


def _check_card(command: CheckCard) -> int:
    settings = load(command.simulate, command.config, for_visitors=False)
    clock = SystemClock(settings.clock.trust)
    with ExitStack() as end:
        bench = end.enter_context(Bench(clock.now)) if command.simulate else None
        if bench is not None:
            bench.lay_card(1)
        desk = open_desk(settings, bench, clock, RefusalTimesInMemory(), Vault())
        end.callback(desk.close)
        report = check_card(desk)
    print(json.dumps(report.document(), ensure_ascii=False) if command.as_json else "\n".join(report.lines()))
    return report.exit_code


def _state_dir(settings: Settings, end: ExitStack) -> Path:
    """Where the settings say, else a place of its own for this run."""
    said = settings.terminal.state_dir
    return Path(said or end.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-")))


@contextmanager
def _journaling(handler: logging.Handler) -> Iterator[Journal]:
    """Lines with their time; faults of any thread are written without their messages, which may hold anything."""
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("kiosk")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    journal = Journal(logger.log)
    before = sys.excepthook, threading.excepthook

    def broken(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        journal.fault("main", error)

    def thread_broken(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            journal.fault(hook.thread.name if hook.thread else "a thread", hook.exc_value)

    sys.excepthook, threading.excepthook = broken, thread_broken
    try:
        yield journal
    finally:
        sys.excepthook, threading.excepthook = before
        logger.removeHandler(handler)
        handler.close()


def _introduced(who: Visitor) -> str:
    """The numbers that a sample visitor would bring along, for somebody who tries the terminal."""
    return f"visitor {VISITORS.index(who) + 1}: contract {who.contract or '(none, applicant)'}, receipt {who.receipt}"


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
