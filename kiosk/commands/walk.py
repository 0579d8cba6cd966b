"""`kiosk walk`, and `kiosk run --simulate` where there is no display: a visit by itself, with pictures."""

import logging
import os
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import msgspec

from kiosk.command_line import FIRST_STORY, USAGE_ERROR, Run, Walk
from kiosk.commands.bench_process import bench_process
from kiosk.commands.journaling import journaling
from kiosk.ports import Closed
from kiosk.settings import Settings, load
from kiosk.shell.clock import SystemClock
from kiosk.shell.signals import closing_on_signals
from kiosk.shell.switchboard import Switchboard
from kiosk.visit import Language
from kiosk.walk.stories import STORIES
from kiosk.walk.walking import Wish, walk
from screens.display import do_without_display


def list_stories() -> int:
    """`kiosk walk --list`."""
    for name, story in STORIES.items():
        print(f"{name:16} {story.__doc__ or ''}")
    return 0


def walk_without_display(command: Run) -> int:
    """Makes the whole visit, and says what it does."""
    settings = load(simulate=True, config_file=command.config)
    _tell("There is no display: the terminal makes one whole visit by itself.")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    out = command.out or Path(
        tempfile.mkdtemp(prefix="kiosk-walk-", dir=runtime if runtime and Path(runtime).is_dir() else None)
    )
    do_without_display()
    return _walk_and_tell(settings, Wish(FIRST_STORY, Language.JA, None, out), code_when_asked_to_end=0)


def walk_story(command: Walk) -> int:
    """Exit code 0 only if the story ended where it should."""
    if command.story not in STORIES:
        sys.stderr.write(f"kiosk walk: there is no story {command.story}; there are {', '.join(STORIES)}.\n")
        return USAGE_ERROR
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


def _walk_and_tell(settings: Settings, wish: Wish, code_when_asked_to_end: int = 1) -> int:
    wish.out.mkdir(parents=True, exist_ok=True)
    clock, line, asked = SystemClock("always"), Switchboard(), threading.Event()

    def close() -> None:
        asked.set()
        line.put(Closed())

    with ExitStack() as end:
        end.enter_context(closing_on_signals(close))
        journal = end.enter_context(journaling(logging.FileHandler(wish.out / "journal.txt", "w", "utf-8")))
        outcome = walk(
            settings,
            wish,
            end.enter_context(bench_process()),
            clock,
            journal,
            Path(end.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-"))),
            line,
            _tell,
        )
    _tell(f"pictures, contact sheet and journey.json are in {wish.out}")
    if asked.is_set():
        _tell("it was asked to end before the visit was over")
        return code_when_asked_to_end
    if not outcome.ok:
        sys.stderr.write(f"the walk did not end as it should: {outcome.reason}\n")
        return 1
    _tell("received" + (f" as {outcome.number}" if outcome.number else "") if outcome.received else "nothing was sent")
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)
