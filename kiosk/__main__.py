"""`kiosk`: the command line and exit codes. Each command is imported when it is wanted, because the keeper must not
carry what a visit needs, and a visit shows itself before it has everything.
"""

import os
import subprocess
import sys

from kiosk.command_line import (
    USAGE_ERROR,
    CheckCamera,
    CheckCard,
    CheckPanel,
    CheckPortal,
    Command,
    ListStories,
    PrintSheet,
    Receive,
    Run,
    Scan,
    SettleKeys,
    Walk,
    read_command_line,
)
from kiosk.settings import SettingsError
from kiosk.shell.hardening import die_with, harden
from kiosk.shell.journal import described

BROKEN_OFF = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # by Ctrl-C, as shells say it


def main(arguments: list[str] | None = None) -> int:
    """The exit code. Settings that cannot be used are told in one sentence."""
    command = read_command_line(sys.argv[1:] if arguments is None else arguments)
    try:
        return _do(command)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback's message may hold anything, and must not be printed
        sys.stderr.write(f"kiosk: broken off by {described(type(error), error.__traceback__)}\n")
        return BROKEN_OFF


def _do(command: Command) -> int:  # noqa: C901 - one case a command
    match command:
        case Receive():
            return _receive(command)
        case SettleKeys():
            return _settle(command)
        case Run(simulate=True, stay=False) if not _has_display():
            from kiosk.commands.walk import walk_without_display

            return walk_without_display(command)
        case Run():
            from kiosk.commands.keep import keep

            if command.stay and not _has_display():
                os.environ["SDL_VIDEODRIVER"] = "dummy"  # the glass is seen on the bench's page only
            return keep(command)
        case ListStories():
            from kiosk.commands.walk import list_stories

            return list_stories()
        case Walk():
            from kiosk.commands.walk import walk_story

            return walk_story(command)
        case CheckCard(passwords=passwords):
            if passwords is not None:
                harden()
            from kiosk.commands.check import check_the_card

            return check_the_card(command)
        case CheckPanel():
            from kiosk.commands.check import check_the_panel

            return check_the_panel(command)
        case CheckCamera():
            from kiosk.commands.check_camera import check_the_camera

            return check_the_camera(command)
        case PrintSheet(file):
            from kiosk.commands.check_camera import print_the_sheet

            return print_the_sheet(file)
        case CheckPortal():
            from kiosk.commands.check import check_the_portal

            return check_the_portal(command)
        case Scan():
            from kiosk.commands.scan import scan

            return scan(command)


def _receive(command: Receive) -> int:
    die_with(command.keeper)
    lacking = harden()
    from kiosk.commands.opening import opening

    pictures, window = opening(command)
    from kiosk.commands.receive import receive

    return receive(command, window, pictures, lacking)


def _settle(command: SettleKeys) -> int:
    die_with(command.keeper)
    lacking = harden()
    from kiosk.commands.settle import settle

    return settle(command, lacking)


def _has_display() -> bool:
    """Asked in a process of its own: who asks SDL carries it."""
    return subprocess.run([sys.executable, "-m", "screens.display"], check=False, env=os.environ).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
