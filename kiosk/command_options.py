"""The options of the command line, command by command."""

import argparse
from pathlib import Path


def camera_options(camera: argparse.ArgumentParser) -> None:
    """Of `kiosk check camera`."""
    sheet = camera.add_argument
    sheet(
        "--calibration-sheet", type=Path, metavar="FILE", help="write the sheet to be printed (.pdf or .png), no more"
    )
    sheet("--calibrate", action="store_true", help="find out where the tray lies, and write it down")
    sheet(
        "--ruler", type=float, default=100.0, metavar="MM", help="how long the sheet's ruler is, measured; default 100"
    )
    sheet("--to", type=Path, metavar="FILE", help="where it is written; default /etc/kiosk/60-tray.toml")


def card_options(card: argparse.ArgumentParser) -> None:
    """Of `kiosk check card`."""
    card.add_argument("--reader", metavar="NAME", help="a part of the reader's name, instead of the configured one")
    for which, what in (("auth", "first"), ("attributes", "second")):
        option = f"--{which}-pin-file"
        card.add_argument(option, type=Path, metavar="F", help=f"a file that holds the card's {what} password")
    card.add_argument("--show", action="store_true", help="print name, address, birth date and sex as well")


def kept_options(child: argparse.ArgumentParser) -> None:
    """The keeper's words to its children; no help names them."""
    common_options(child)
    child.add_argument("--keeper", type=int, required=True)
    child.add_argument("--state-dir", type=Path, required=True)
    child.add_argument("--bench", type=Path)


def common_options(parser: argparse.ArgumentParser) -> None:
    """Of every command that knows the settings."""
    parser.add_argument("--simulate", action="store_true", help="simulated devices and a stand-in portal")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings over those of /etc/kiosk")
