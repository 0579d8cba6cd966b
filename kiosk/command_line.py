"""The words of the command line; what a technician reads about them is in `kiosk.command_help`."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from kiosk.command_help import ABOUT, CHECK_CAMERA, CHECK_CARD, CHECK_PANEL, CHECK_PORTAL, CODES, RUN, SCAN, WALK
from kiosk.command_options import camera_options, card_options, common_options, kept_options
from kiosk.visit import Language

USAGE_ERROR = 2
FIRST_STORY = "resubmission"


@dataclass(frozen=True, slots=True)
class Run:
    """`kiosk run`."""

    simulate: bool
    config: Path | None
    out: Path | None
    stay: bool


@dataclass(frozen=True, slots=True)
class Receive:
    """`kiosk visit`, which only the keeper calls: its line, its process, where the bench and the state are."""

    fd: int
    keeper: int
    state_dir: Path
    simulate: bool
    bench: Path | None
    config: Path | None
    first: bool


@dataclass(frozen=True, slots=True)
class SettleKeys:
    """`kiosk settle`, which only the keeper calls: its process, where the bench and the state are."""

    keeper: int
    state_dir: Path
    simulate: bool
    bench: Path | None
    config: Path | None


@dataclass(frozen=True, slots=True)
class Walk:
    """`kiosk walk`. What is None is left to the story or the configuration."""

    story: str
    out: Path
    config: Path | None
    language: Language
    panel: str | None
    text_size: Literal["small", "normal", "large", "largest"] | None
    visitor: int | None
    show: bool


@dataclass(frozen=True, slots=True)
class ListStories:
    """`kiosk walk --list`."""


@dataclass(frozen=True, slots=True)
class PasswordFiles:
    """Where a technician has written down the two passwords of a card of their own."""

    authentication: Path
    attributes: Path


@dataclass(frozen=True, slots=True)
class CheckCard:
    """`kiosk check card`; with `passwords` the whole job. What is None is left to the configuration."""

    simulate: bool
    config: Path | None
    as_json: bool
    reader: str | None
    passwords: PasswordFiles | None
    show: bool


@dataclass(frozen=True, slots=True)
class CheckPanel:
    """`kiosk check panel`."""

    simulate: bool
    config: Path | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class CheckPortal:
    """`kiosk check portal`."""

    simulate: bool
    config: Path | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """`kiosk scan`: photographs, and where the pages made of them go."""

    images: tuple[Path, ...]
    out: Path | None


@dataclass(frozen=True, slots=True)
class CheckCamera:
    """`kiosk check camera`. `ruler_mm` is how long the printed ruler is, `to` where a calibration is written."""

    simulate: bool
    config: Path | None
    as_json: bool
    calibrate: bool
    ruler_mm: float
    to: Path | None


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """`kiosk check camera --calibration-sheet FILE`."""

    file: Path


Command = (
    Run
    | Receive
    | SettleKeys
    | Walk
    | ListStories
    | CheckCard
    | CheckPanel
    | CheckPortal
    | CheckCamera
    | PrintSheet
    | Scan
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence, and the code for it."""
        sys.stderr.write(f"{self.prog}: {message[:1].lower()}{message[1:]}. `{self.prog} --help` says more.\n")
        raise SystemExit(USAGE_ERROR)


def read_command_line(arguments: list[str]) -> Command:
    """What is wanted; ends the program with a sentence and exit code 2 where that cannot be."""
    parser = _parser()
    said = parser.parse_args(arguments)
    match said.command:
        case "run":
            if said.out is not None and not said.simulate:
                parser.error("--out needs --simulate: a real terminal leaves no pictures")
            if said.stay and not said.simulate:
                parser.error("--stay needs --simulate: a real terminal has a display")
            return Run(said.simulate, said.config, _folder(said.out, parser), said.stay)
        case "visit":
            return Receive(said.fd, said.keeper, said.state_dir, said.simulate, said.bench, said.config, said.first)
        case "settle":
            return SettleKeys(said.keeper, said.state_dir, said.simulate, said.bench, said.config)
        case "walk" if said.list:
            return ListStories()
        case "walk":
            out = _folder(said.out, parser)
            if out is None:
                parser.error("walk needs --out DIR, where the pictures go")
            size = said.text_size and _SIZES[said.text_size - 1]
            language = Language(said.lang)
            return Walk(said.story, out, said.config, language, said.panel, size, said.visitor, said.show)
        case "scan":
            if not said.json:
                parser.error("scan needs --json: one JSON object a line is the only form of its answer")
            return Scan(tuple(said.images), _folder(said.out, parser))
        case _ if said.device == "panel":
            return CheckPanel(said.simulate, said.config, said.json)
        case _ if said.device == "portal":
            return CheckPortal(said.simulate, said.config, said.json)
        case _ if said.device == "camera":
            return _check_camera(said, parser)
        case _:
            return _check_card(said, parser)


def _check_camera(said: argparse.Namespace, parser: _Parser) -> CheckCamera | PrintSheet:
    if said.calibration_sheet is not None:
        if said.calibration_sheet.suffix.lower() not in {".pdf", ".png"}:
            parser.error(f"--calibration-sheet {said.calibration_sheet}: its name must end in .pdf or .png")
        return PrintSheet(said.calibration_sheet)
    if not said.calibrate and said.to is not None:
        parser.error("--to says where a calibration is written: it needs --calibrate")
    if not 80 <= said.ruler <= 120:
        parser.error("--ruler is the length of the printed ruler in mm, about 100")
    return CheckCamera(said.simulate, said.config, said.json, said.calibrate, said.ruler, said.to)


def _check_card(said: argparse.Namespace, parser: _Parser) -> CheckCard:
    first, second = said.auth_pin_file, said.attributes_pin_file
    if (first is None) is not (second is None):
        parser.error("--auth-pin-file and --attributes-pin-file go together: the job needs both passwords, or none")
    if said.show and first is None:
        parser.error("--show needs both password files: without them nothing is read that could be shown")
    if said.reader is not None and said.simulate:
        parser.error("--reader names a real reader: leave it out with --simulate")
    passwords = None if first is None else PasswordFiles(first, second)
    return CheckCard(said.simulate, said.config, said.json, said.reader, passwords, said.show)


def _folder(path: Path | None, parser: _Parser) -> Path | None:
    """Made before the walk begins, so that whoever mistyped it is told at once."""
    if path is not None:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            parser.error(f"--out {path}: no folder can be made there ({error.strerror})")
    return path


_SIZES: tuple[Literal["small", "normal", "large", "largest"], ...] = ("small", "normal", "large", "largest")


def _parser() -> _Parser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog="kiosk", description=ABOUT, epilog=CODES, formatter_class=layout)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = commands.add_parser("run", help="receive visitors", description=RUN, epilog=CODES, formatter_class=layout)
    common_options(run)
    run.add_argument("--out", type=Path, metavar="DIR", help="where the pictures of a visit without display go")
    run.add_argument("--stay", action="store_true", help="serve without display too: the glass is on the bench's page")
    visit = commands.add_parser("visit")
    visit.add_argument("--fd", type=int, required=True)
    visit.add_argument("--first", action="store_true")
    for kept in (visit, commands.add_parser("settle")):
        kept_options(kept)
    walk = commands.add_parser(
        "walk", help="make a visit by itself", description=WALK, epilog=CODES, formatter_class=layout
    )
    walk.add_argument("--list", action="store_true", help="name the stories")
    walk.add_argument("--story", default=FIRST_STORY, metavar="NAME", help=f"default: {FIRST_STORY}")
    walk.add_argument("--out", type=Path, metavar="DIR", help="where pictures, contact sheet and journey.json go")
    walk.add_argument("--lang", choices=[language.value for language in Language], default=Language.JA.value)
    walk.add_argument("--panel", metavar="P", help='a glass of panels.toml, such as "15.6-landscape"')
    walk.add_argument("--text-size", type=int, choices=range(1, 5), metavar="N", help="1 (small) to 4 (largest)")
    walk.add_argument("--visitor", type=int, choices=range(1, 7), metavar="N", help="a sample visitor, 1 to 6")
    walk.add_argument("--show", action="store_true", help="in a window, where there is a display")
    walk.add_argument("--config", type=Path, metavar="FILE", help="settings over those of /etc/kiosk")
    scan = commands.add_parser(
        "scan", help="find, judge and straighten photographs", description=SCAN, epilog=CODES, formatter_class=layout
    )
    scan.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    scan.add_argument("--json", action="store_true", help="one JSON object a line")
    scan.add_argument("--out", type=Path, metavar="DIR", help="where the pages go, as they would be sent")
    check = commands.add_parser("check", help="check a device", epilog=CODES, formatter_class=layout)
    devices = check.add_subparsers(dest="device", metavar="DEVICE", required=True)
    for device, what, about in (
        ("card", "reader and card", CHECK_CARD),
        ("panel", "lamps and switches", CHECK_PANEL),
        ("camera", "camera and tray", CHECK_CAMERA),
        ("portal", "the way to the portal", CHECK_PORTAL),
    ):
        one = devices.add_parser(device, help=what, description=about, epilog=CODES, formatter_class=layout)
        common_options(one)
        one.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    card_options(devices.choices["card"])
    camera_options(devices.choices["camera"])
    return parser
