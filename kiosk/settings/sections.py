"""The sections of the settings as frozen types; the meaning of each key stands in `config/kiosk.toml`.

Fields have no defaults here, so that a key that the shipped file forgets is noticed. Units: seconds, bytes,
millimetres, pixels; pins are BCM numbers.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from kiosk.visit import Language, TextSize

Word = Annotated[str, Meta(min_length=1, max_length=200)]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]
Count = Annotated[int, Meta(ge=1, le=1_000)]
Bytes = Annotated[int, Meta(ge=1, le=10_000_000)]
Pin = Annotated[int, Meta(ge=-1, le=27)]
"""A BCM number; -1 where nothing is fitted."""

Millimetres = Annotated[float, Meta(ge=20, le=2_000)]
Pixels = Annotated[int, Meta(ge=200, le=10_000)]


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: unknown keys are refused."""


class Terminal(Section, frozen=True):
    """The machine itself. `state_dir` is empty where each run keeps its state in a temporary place of its own."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    state_dir: str


class Notice(Section, frozen=True):
    """What an operator must say before anything is entered."""

    operator: str
    hall: str
    contact: str
    purpose: str


class Screen(Section, frozen=True):
    """The glass, and how a visit starts on it. The first of `languages` is the default."""

    panel: Word
    fullscreen: bool
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    text_size: Literal["small", "normal", "large", "largest"]

    @property
    def starting_text_size(self) -> TextSize:
        """The text size that every visit starts with."""
        return TextSize[self.text_size.upper()]


class Panel(Section, frozen=True):
    """A make of glass: the size of its picture in millimetres and in pixels, as the visitor sees it."""

    width_mm: Millimetres
    height_mm: Millimetres
    width_px: Pixels
    height_px: Pixels


class Card(Section, frozen=True):
    """The card reader and what protects the visitor's tries. `reader` is a part of its name, empty for the first."""

    driver: Literal["pcsc", "simulator"]
    reader: str
    last_try: Literal["keep", "ask"]
    refusals_per_visit: Annotated[int, Meta(ge=1, le=2)]
    refusals_per_hour: Count
    participating_stores: str


class Camera(Section, frozen=True):
    """The camera over the tray. `device` is empty for the first that is found; `focus` -1 leaves the lens as it is."""

    driver: Literal["picamera", "uvc", "simulator"]
    device: str
    focus: Annotated[float, Meta(ge=-1, le=10_000)]


Corner = Annotated[float, Meta(ge=-0.5, le=1.5)]
Bending = Annotated[float, Meta(ge=-0.5, le=0.5)]


class Tray(Section, frozen=True):
    """The tray as the camera sees it: its size, its corners as fractions of the frame (x, y, from the upper left
    clockwise), and how the lens bends (k1, k2). `kiosk check camera --calibrate` finds it out.
    """

    width_mm: Millimetres
    height_mm: Millimetres
    corners: tuple[Corner, Corner, Corner, Corner, Corner, Corner, Corner, Corner]
    lens: tuple[Bending, Bending]

    @property
    def quad(self) -> tuple[tuple[float, float], ...]:
        """The corners as points."""
        return tuple(zip(self.corners[::2], self.corners[1::2], strict=True))


class Pins(Section, frozen=True):
    """Where lamps and switches of the front panel are wired."""

    reader_lamp: Pin
    tray_light: Pin
    call_lamp: Pin
    buzzer: Pin
    presence: Pin
    tamper: Pin
    service_key: Pin


class FrontPanel(Section, frozen=True):
    """Lamps and switches around the glass."""

    driver: Literal["rpi_gpio", "simulator", "none"]
    pins: Pins


class Portal(Section, frozen=True):
    """The operator's portal. The three files (PEM) are empty only where the terminal simulates."""

    driver: Literal["https"]
    url: str
    ca_file: str
    certificate_file: str
    key_file: str
    connect_seconds: Seconds
    read_seconds: Seconds
    total_seconds: Seconds
    submit_seconds: Seconds


class Patience(Section, frozen=True):
    """How long nothing may be touched before the visitor is asked (`touch`, `wait`, `mail`) or the visit ends."""

    touch: Seconds
    wait: Seconds
    answer: Seconds
    done: Seconds
    mail: Seconds
    longer_factor: Annotated[float, Meta(ge=1, le=10)]


class Mail(Section, frozen=True):
    """How many mails may be asked for."""

    per_visit: Count
    per_hour: Count


class Papers(Section, frozen=True):
    """What one submission may hold, and what the terminal aims at so that it does."""

    files: Annotated[int, Meta(ge=1, le=5)]
    bytes: Bytes
    aim_bytes: Bytes


class Clock(Section, frozen=True):
    """When certificate dates and hourly counts may be judged."""

    trust: Literal["kernel", "always"]


class Settings(Section, frozen=True):
    """All of it. `simulate` is the command line's word, not a key."""

    simulate: bool
    terminal: Terminal
    notice: Notice
    screen: Screen
    panels: dict[str, Panel]
    card: Card
    camera: Camera
    tray: Tray
    front_panel: FrontPanel
    portal: Portal
    patience: Patience
    mail: Mail
    papers: Papers
    clock: Clock

    @property
    def panel(self) -> Panel:
        """The glass that this terminal has."""
        return self.panels[self.screen.panel]
