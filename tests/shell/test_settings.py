"""A technician writes files; the terminal starts with them, or says in one sentence which line to mend."""

from pathlib import Path

import pytest

from kiosk.settings import CONFIG, Settings, SettingsError, load
from kiosk.visit import Language, TextSize

SAID = """
[notice]
operator = "例示機構"
hall = "例示会館"
contact = "総務課 電話 03-0000-0000"
purpose = "共済手続きの添付資料の再提出"
[portal]
url = "https://portal.example.jp/terminal/v1"
ca_file = "/etc/kiosk/portal-ca.pem"
certificate_file = "/etc/kiosk/terminal.pem"
key_file = "/etc/kiosk/terminal.key"
"""


def said_without(key: str | tuple[str, ...]) -> str:
    """The same file without some of its lines."""
    return "\n".join(line for line in SAID.splitlines() if not line.startswith(key))


class Etc:
    """The folder of a technician's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, text: str, name: str = "50-hall.toml") -> Path:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def load(self, simulate: bool = True, config_file: Path | None = None) -> Settings:
        return load(simulate, config_file, self.folder)

    def refusal(self, text: str = "", simulate: bool = True) -> str:
        """The sentence about the file with this text, without the file's name, which is checked here."""
        file = self.write(text)
        with pytest.raises(SettingsError) as caught:
            self.load(simulate)
        assert caught.value.file == file
        assert str(caught.value).count("\n") == 0
        return str(caught.value).removeprefix(f"{file}: ")


@pytest.fixture
def etc(tmp_path: Path) -> Etc:
    folder = tmp_path / "etc"
    folder.mkdir()
    return Etc(folder)


def test_a_real_terminal_starts_with_the_shipped_devices_once_the_operator_is_named(etc: Etc) -> None:
    etc.write(SAID)
    settings = etc.load(simulate=False)
    assert (settings.card.driver, settings.camera.driver) == ("pcsc", "picamera")
    assert (settings.front_panel.driver, settings.portal.driver) == ("rpi_gpio", "https")
    assert settings.notice.hall == "例示会館"
    assert settings.clock.trust == "kernel"
    assert settings.terminal.state_dir == "/var/lib/kiosk"
    assert (settings.panel.width_px, settings.panel.height_px) == (1280, 800)
    assert settings.screen.languages == (Language.JA, Language.EASY, Language.EN)
    assert settings.screen.starting_text_size is TextSize.NORMAL


def test_simulating_needs_no_file_and_touches_no_device(tmp_path: Path) -> None:
    settings = load(simulate=True, etc_dir=tmp_path / "not there")
    assert {settings.card.driver, settings.camera.driver, settings.front_panel.driver} == {"simulator"}
    assert settings.clock.trust == "always"
    assert settings.portal.url == ""
    assert settings.terminal.state_dir == ""
    assert all(
        "見本" in word
        for word in (settings.notice.operator, settings.notice.hall, settings.notice.contact, settings.notice.purpose)
    )


def test_simulating_on_a_real_terminal_keeps_its_words_but_not_its_devices_nor_its_portal(etc: Etc) -> None:
    etc.write(SAID + '[card]\ndriver = "pcsc"\nrefusals_per_hour = 3\n[terminal]\nstate_dir = "/srv/kiosk"')
    settings = etc.load(simulate=True)
    assert settings.notice.hall == "例示会館"
    assert settings.card.refusals_per_hour == 3
    assert settings.terminal.state_dir == "/srv/kiosk"
    assert settings.card.driver == "simulator"
    assert settings.portal.url == ""


def test_later_names_win_and_the_command_line_wins_over_all(etc: Etc, tmp_path: Path) -> None:
    etc.write("[patience]\ntouch = 10\nwait = 10\ndone = 10", "10-first.toml")
    etc.write("[patience]\nwait = 20\ndone = 20", "20-second.toml")
    etc.write("[patience]\ntouch = 99", "30-not-settings.txt")
    mine = tmp_path / "mine.toml"
    mine.write_text("[patience]\ndone = 30", encoding="utf-8")
    patience = etc.load(config_file=mine).patience
    assert (patience.touch, patience.wait, patience.done, patience.answer) == (10, 20, 30, 30)


def test_a_new_panel_is_described_and_chosen(etc: Etc) -> None:
    etc.write(
        '[screen]\npanel = "13"\n[panels."13"]\nwidth_mm = 293.5\nheight_mm = 165\nwidth_px = 1920\nheight_px = 1080'
    )
    assert etc.load().panel.width_mm == 293.5


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[patience]\ntuoch = 60", "patience.tuoch: there is no such key; the nearest one is patience.touch."),
        ("[portal]\nlanguages = []", "portal.languages: there is no such key; the nearest one is screen.languages."),
        (
            "[front_panel.pins]\nbuzer = 4",
            "front_panel.pins.buzer: there is no such key; the nearest one is front_panel.pins.buzzer.",
        ),
        ("[cameras]\ndevice = ''", "cameras: there is no such key; the nearest one is camera."),
        ("touch = 60", "touch: there is no such key; the nearest one is patience.touch."),
        ("card = 'pcsc'", 'card: must be a [section] of its own, not "pcsc".'),
        ("panels = 3", "panels: must be a [section] of its own, not 3."),
        ("[card]\ndriver = 'usb'", 'card.driver: must be "pcsc" or "simulator", not "usb".'),
        ("[portal]\ndriver = 'http'", 'portal.driver: must be "https", not "http".'),
        ("[screen]\nfullscreen = 'yes'", 'screen.fullscreen: must be true or false, not "yes".'),
        (
            "[screen]\nlanguages = ['ja', 'fr']",
            'screen.languages: must be a list, not empty, of which each is "ja", "ja-easy" or "en", not ["ja", "fr"].',
        ),
        (
            "[screen]\nlanguages = []",
            'screen.languages: must be a list, not empty, of which each is "ja", "ja-easy" or "en", not [].',
        ),
        ("[screen]\nlanguages = ['ja', 'ja']", "screen.languages: names a language twice."),
        (
            "[screen]\npanel = '12'",
            'screen.panel: there is no panel "12"; there are "10.1-landscape", "15.6-landscape", "10.1-portrait".',
        ),
        ("[panels.wide]\nwidth_mm = 400", "panels.wide: needs height_mm and width_px and height_px too."),
        ("[card]\nrefusals_per_visit = 3", "card.refusals_per_visit: must be a whole number from 1 to 2, not 3."),
        (
            "[card]\nrefusals_per_hour = true",
            "card.refusals_per_hour: must be a whole number from 1 to 1,000, not true.",
        ),
        ("[patience]\ntouch = 0", "patience.touch: must be a number above 0 and up to 86,400, not 0."),
        ("[patience]\ntouch = nan", "patience.touch: must be a number above 0 and up to 86,400, not NaN."),
        ("[patience]\nlonger_factor = 0.5", "patience.longer_factor: must be a number from 1 to 10, not 0.5."),
        ("[notice]\nhall = 7", "notice.hall: must be a text in quotation marks, not 7."),
        ("[screen]\npanel = ''", 'screen.panel: must be a text in quotation marks that is not empty, not "".'),
        (
            "[terminal]\nname = 'hall 1'",
            'terminal.name: must be a name of letters, digits, dots, hyphens and underscores, not "hall 1".',
        ),
        ("[terminal]\nstate_dir = 'state'", "terminal.state_dir: must be a full path that begins with /."),
        (
            "[front_panel.pins]\nbuzzer = 17",
            "front_panel.pins.buzzer: pin 17 is taken by front_panel.pins.reader_lamp already.",
        ),
        (
            "[front_panel.pins]\nreader_lamp = 25",
            "front_panel.pins.reader_lamp: pin 25 is taken by front_panel.pins.service_key already.",
        ),
        (
            "[papers]\naim_bytes = 10_000_000\nbytes = 9_999_999",
            "papers.aim_bytes: must not be above papers.bytes, which is 9,999,999.",
        ),
        ("[papers]\nbytes = 9_000_000", "papers.bytes: must not be below papers.aim_bytes, which is 9,500,000."),
        ("[patience]\ntouch = ", "is not valid TOML: Invalid value (at end of document)."),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(etc: Etc, text: str, sentence: str) -> None:
    assert etc.refusal(text) == sentence


@pytest.mark.parametrize("missing", ["operator", "hall", "contact", "purpose"])
def test_a_real_terminal_does_not_start_before_the_operator_has_spoken(etc: Etc, missing: str) -> None:
    etc.write(said_without(missing), "kiosk.toml")
    with pytest.raises(SettingsError) as caught:
        etc.load(simulate=False)
    assert (caught.value.file, caught.value.key) == (etc.folder / "kiosk.toml", f"notice.{missing}")
    assert "a terminal that does not simulate has no default for it" in caught.value.reason


def test_a_technician_checks_the_devices_before_the_operator_has_spoken(tmp_path: Path) -> None:
    settings = load(simulate=False, etc_dir=tmp_path, for_visitors=False)
    assert (settings.card.driver, settings.notice.operator) == ("pcsc", "")


def test_the_shipped_file_is_nobodys_to_mend(etc: Etc, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        etc.load(simulate=False)
    assert caught.value.file == etc.folder / "kiosk.toml"
    mine = tmp_path / "mine.toml"
    mine.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        etc.load(simulate=False, config_file=mine)
    assert caught.value.file == mine


def test_samples_do_not_reach_a_real_terminal(etc: Etc) -> None:
    assert etc.refusal(SAID.replace("例示会館", "見本 会館"), simulate=False) == (
        "notice.hall: must say in whose hall the terminal stands; 見本 is for simulating only."
    )


def test_a_real_terminal_must_say_where_state_is_kept(etc: Etc) -> None:
    assert etc.refusal(SAID + '[terminal]\nstate_dir = ""', simulate=False) == (
        "terminal.state_dir: must say where state is kept, as a full path that begins with /."
    )


def test_a_real_terminal_has_real_devices(etc: Etc) -> None:
    for section in ("card", "camera", "front_panel"):
        assert etc.refusal(SAID + f'[{section}]\ndriver = "simulator"', simulate=False) == (
            f"{section}.driver: is simulated only with --simulate, and then everything is."
        )


def test_a_file_that_cannot_be_read_is_named(etc: Etc, tmp_path: Path) -> None:
    for file, reason in [
        (tmp_path / "absent.toml", "cannot be read (No such file or directory)."),
        (tmp_path, "cannot be read (Is a directory)."),
    ]:
        with pytest.raises(SettingsError) as caught:
            etc.load(config_file=file)
        assert str(caught.value) == f"{file}: {reason}"
    latin = etc.folder / "latin.toml"
    latin.write_bytes(b'[notice]\nhall = "\xe9"')
    with pytest.raises(SettingsError, match=r"latin\.toml: is not text in UTF-8\.$"):
        etc.load()


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.touch()
    with pytest.raises(SettingsError, match=r"a-file: cannot be read \(Not a directory\)\.$"):
        load(simulate=True, etc_dir=file)


def test_each_file_is_judged_alone_so_that_a_later_one_cannot_hide_a_mistake(etc: Etc) -> None:
    wrong = etc.write("[patience]\ntouch = -1", "10-wrong.toml")
    etc.write("[patience]\ntouch = 60", "20-right.toml")
    with pytest.raises(SettingsError) as caught:
        etc.load()
    assert caught.value.file == wrong


def test_settings_are_frozen(etc: Etc) -> None:
    settings = etc.load()
    with pytest.raises(AttributeError):
        settings.card.reader = "another"  # type: ignore[misc]  # that it cannot be done is the test
    assert CONFIG.joinpath("kiosk.toml").is_file()
