"""The command as a technician meets it: exit codes, one sentence, lines or JSON."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.walk.stories import STORIES


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def exit_code(arguments: list[str]) -> int | str | None:
    try:
        return main(arguments)
    except SystemExit as ended:
        return ended.code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["fly"], "fly"),
        (["walk", "--story", "nonsense", "--out", "x"], "nonsense"),
        (["walk"], "--out"),
        (["walk", "--out", "x", "--text-size", "9"], "9"),
        (["walk", "--out", "x", "--visitor", "7"], "7"),
        (["check", "moon"], "moon"),
        (["run", "--out", "x"], "--simulate"),
    ],
)
def test_bad_arguments_get_one_sentence_and_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a folder may be made before the mistake is found
    assert exit_code(arguments) == 2
    assert said in sentence(capsys)


def test_a_bad_setting_gets_a_sentence_with_file_key_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hall.toml"
    file.write_text('[card]\nlast_tri = "ask"\n', encoding="utf-8")
    assert main(["run", "--simulate", "--config", str(file)]) == 2
    said = sentence(capsys)
    assert str(file) in said
    assert "card.last_tri" in said
    assert "card.last_try" in said


def test_an_unknown_panel_is_named_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["walk", "--out", str(tmp_path), "--panel", "round"]) == 2
    said = sentence(capsys)
    assert "round" in said
    assert "10.1-portrait" in said


def test_the_stories_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["walk", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(STORIES)
    assert all(len(line.split()) > 3 for line in lines)


def test_help_names_commands_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--help"],
        ["run", "--help"],
        ["walk", "--help"],
        ["check", "card", "--help"],
        ["check", "panel", "--help"],
        ["check", "portal", "--help"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert "exit codes" in capsys.readouterr().out


def test_a_card_is_checked_without_spending_a_try(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "card", "--simulate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tries_left"] == {"auth": 3, "attributes": 3}
    assert found["failure"] is None


def test_the_way_to_the_portal_is_checked_step_by_step(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", "portal", "--simulate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["failure"] is None
    assert [step["step"] for step in found["steps"]][-2:] == ["door", "terms"]
    lacking = tmp_path / "lacking.toml"
    lacking.write_text('[portal]\nurl = "https://127.0.0.1:9"\n', encoding="utf-8")
    assert main(["check", "portal", "--config", str(lacking)]) == 2
    assert "portal.ca_file" in capsys.readouterr().err


def test_a_panel_is_checked_lamp_by_lamp(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "panel", "--simulate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["lamps"].values()) == {"lit"}
    assert found["switches"] == {"presence": "open", "tamper": "closed", "service_key": "open"}
    assert main(["check", "panel", "--simulate"]) == 0
    assert capsys.readouterr().out.startswith("reader_lamp  look: the light around the card reader burns\n")


def kiosk(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", *arguments]


def without_display() -> dict[str, str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"}
    return {name: value for name, value in os.environ.items() if name not in hidden} | {"SDL_VIDEODRIVER": "dummy"}


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
@pytest.mark.parametrize(("words", "code"), [(["walk", "--story", "cancel"], 1), (["run", "--simulate"], 0)])
def test_who_is_asked_to_end_ends_cleanly(tmp_path: Path, words: list[str], code: int, wanted: signal.Signals) -> None:
    command = kiosk(*words, "--out", str(tmp_path / "out"))
    with subprocess.Popen(
        command, env=without_display(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("see the notice"):
                process.send_signal(wanted)
                break
        out, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert err == ""
    assert "it was asked to end before the visit was over" in out
    assert json.loads((tmp_path / "out" / "journey.json").read_text("utf-8"))["ok"] is False


def test_ctrl_c_at_a_prompt_is_for_the_keeper_alone_and_as_good_as_a_request_to_end(tmp_path: Path) -> None:
    """Whoever else heard it would die on the spot; asked twice, it ends in order all the same."""
    with subprocess.Popen(
        kiosk("run", "--simulate", "--stay"), env=without_display() | {"TMPDIR": str(tmp_path)}, process_group=0,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        for line in process.stderr:
            if line.endswith(" process 3 waits\n"):  # nobody else is on the way, and still the keeper's own in part
                break
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        groups = {os.getpgid(int(child)) for child in children}
        for _ in range(3):
            os.killpg(process.pid, signal.SIGINT)
        err = process.communicate(timeout=60)[1]
    assert process.returncode == 0
    assert len(children) == 4, "bench, visit, two stand by"
    assert process.pid not in groups
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_without_display_makes_the_whole_visit_and_says_what_it_does(tmp_path: Path) -> None:
    command = kiosk("run", "--simulate", "--out", str(tmp_path / "out"))
    done = subprocess.run(command, env=without_display(), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "There is no display" in done.stdout
    assert "lay the card" in done.stdout
    assert str(tmp_path / "out") in done.stdout
    assert (tmp_path / "out" / "contact-sheet.png").exists()
