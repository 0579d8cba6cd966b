"""What systemd is given starts the terminal, keeps it alive and runs it as nobody in particular.

The files are tried with systemd's own tools, on copies that name this checkout where the installed ones name
/opt/kiosk. Whether a seat, a console and a panel of glass are there only a terminal can prove.
"""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from kiosk.settings import load
from tests.house.tree import ROOT

UNITS = ROOT / "systemd"
INSTALLED = "/opt/kiosk"


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine; `make test` as root installs it")
    return found


def said_by(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def service() -> dict[str, list[str]]:
    """The keys of kiosk.service, each with its values in their order."""
    keys: dict[str, list[str]] = {}
    for line in (UNITS / "kiosk.service").read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            keys.setdefault(key, []).append(value)
    return keys


def here(folder: Path, unit: str = "kiosk.service") -> Path:
    """A copy that runs this checkout."""
    copy = folder / unit
    copy.write_text((UNITS / unit).read_text(encoding="utf-8").replace(INSTALLED, str(ROOT)), encoding="utf-8")
    return copy


def test_systemd_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    tool("cage")
    assert said_by(analyze, "verify", "--man=no", here(tmp_path)) == (0, "")


def test_what_is_started_is_there(tmp_path: Path) -> None:
    words = here(tmp_path).read_text(encoding="utf-8").split("ExecStart=")[1].splitlines()[0].split()
    assert words[:3] == ["/usr/bin/cage", "-d", "--"]
    assert words[3:] == [str(ROOT / ".venv/bin/kiosk"), "run"]
    assert os.access(words[3], os.X_OK)


def test_the_keeper_is_heard_and_watched() -> None:
    said = service()
    assert said["Type"] == ["notify"]
    assert said["NotifyAccess"] == ["all"]  # the keeper is a child of cage
    assert said["WatchdogSec"] == ["30"]
    assert said["Restart"] == ["always"]
    assert said["StartLimitIntervalSec"] == ["0"]
    assert "PAMName" not in said  # a session's scope would make the keeper a stranger


def test_it_runs_as_nobody_in_particular_and_leaves_no_dumps() -> None:
    said = service()
    assert said["User"] == said["Group"] == ["kiosk"]
    assert said["LimitCORE"] == ["0"]
    assert said["LimitMEMLOCK"] == ["infinity"]
    assert said["UMask"] == ["0077"]


def test_state_lies_where_the_settings_look_for_it() -> None:
    shipped = (ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8")
    assert f'state_dir = "/var/lib/{service()["StateDirectory"][0]}"' in shipped
    assert load(simulate=True).terminal.state_dir == ""


def test_user_and_folders_are_made_in_an_empty_root(tmp_path: Path) -> None:
    sysusers, tmpfiles = tool("systemd-sysusers"), tool("systemd-tmpfiles")
    if os.geteuid() != 0:
        pytest.skip("only root can make users and give folders away, even in a folder of one's own")
    (tmp_path / "etc").mkdir()
    code, said = said_by(sysusers, f"--root={tmp_path}", UNITS / "sysusers.d" / "kiosk.conf")
    assert code == 0, said
    groups = [line.split(":") for line in (tmp_path / "etc/group").read_text(encoding="utf-8").splitlines()]
    assert {name for name, _, _, members in groups if members == "kiosk"} == {"video", "render", "input", "gpio"}
    assert "/var/lib/kiosk:/usr/sbin/nologin" in (tmp_path / "etc/passwd").read_text(encoding="utf-8")
    code, said = said_by(tmpfiles, "--create", f"--root={tmp_path}", UNITS / "tmpfiles.d" / "kiosk.conf")
    assert code == 0, said
    settings = (tmp_path / "etc/kiosk").stat()
    assert (stat.S_IMODE(settings.st_mode), settings.st_uid) == (0o750, 0)
    assert [str(settings.st_gid)] == [number for name, _, number, _ in groups if name == "kiosk"]


def test_the_readme_tells_where_each_file_goes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    files = [file.relative_to(ROOT) for file in UNITS.rglob("*") if file.is_file()]
    assert files
    assert [str(file) for file in files if str(file) not in readme] == []
