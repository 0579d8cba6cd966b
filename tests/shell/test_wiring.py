"""A house that cannot be furnished is refused at the start, with the file and the key that are to be mended."""

from pathlib import Path

import pytest

from drivers.portal.sandbox.certificates import Files, write_certificates
from kiosk.settings import SettingsError, load
from kiosk.shell.clock import SystemClock
from kiosk.wiring import furnish, real_devices
from tests.shell.fakes import journal


def complaint(folder: Path, ca: Path, certificate: Path, key: Path) -> SettingsError:
    """What is said about a real terminal with these files."""
    (folder / "kiosk.toml").write_text(
        '[notice]\noperator = "a"\nhall = "b"\ncontact = "c"\npurpose = "d"\n'
        f'[portal]\nurl = "https://127.0.0.1"\nca_file = "{ca}"\ncertificate_file = "{certificate}"\n'
        f'key_file = "{key}"\n',
        encoding="utf-8",
    )
    settings = load(simulate=False, etc_dir=folder)
    with pytest.raises(SettingsError) as caught:
        furnish(settings, real_devices(settings), SystemClock("always"), journal()[0], folder)
    return caught.value


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return write_certificates(tmp_path)


def test_a_file_that_is_not_there_is_named(files: Files, tmp_path: Path) -> None:
    none = tmp_path / "none.pem"
    for key, named in (
        ("portal.ca_file", (none, files.terminal_certificate, files.terminal_key)),
        ("portal.certificate_file", (files.ca, none, files.terminal_key)),
        ("portal.key_file", (files.ca, files.terminal_certificate, none)),
    ):
        said = complaint(tmp_path, *named)
        assert str(said) == f"{none}: {key}: cannot be read (No such file or directory)."


def test_files_that_do_not_fit_one_another_are_told(files: Files, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.touch()
    for named in (
        (empty, files.terminal_certificate, files.terminal_key),
        (files.ca, files.terminal_certificate, files.server_key),
        (files.ca, empty, files.terminal_key),
    ):
        said = complaint(tmp_path, *named)
        assert said.key == "portal.ca_file"
        assert "no PEM files that fit" in said.reason
