"""What no typeface has is shown as 〓, what one of them has is never a box."""

from screens.fonts import FALLBACKS, coverage
from screens.look import CAPITALS, SMALLEST, Face, Role, Tone, load_theme
from tests.screens.glasses import fonts


def _files(text: str) -> list[str]:
    return [run.file.name for run in fonts().runs(text, Face.TEXT)]


def test_a_rare_name_is_drawn_by_the_faces_that_have_it() -> None:
    assert _files("髙子") == ["BIZUDPGothic-Regular.ttf"]
    assert _files("𠮷田") == ["NotoSansCJK-Regular.ttc", "BIZUDPGothic-Regular.ttf"]
    assert not fonts().missing("𠮷田 髙子 渡邉\U000e0102 﨑之介")


def test_a_variation_sequence_goes_to_the_face_that_knows_it() -> None:
    assert _files("邉\U000e0102") == [FALLBACKS[0].name]


def test_an_unknown_variation_is_drawn_plainly() -> None:
    runs = list(fonts().runs("あ\U000e01ef", Face.TEXT))
    assert [run.text for run in runs] == ["あ"]


def test_what_nobody_has_is_a_geta() -> None:
    assert [run.text for run in fonts().runs("\U0010fffd", Face.TEXT)] == ["〓"]
    assert fonts().missing("\U0010fffd")


def test_a_capital_is_at_least_as_high_as_asked() -> None:
    for face in Face:
        for wanted in (20, 28, 33, 50):
            file = next(iter(fonts().runs("H", face))).file
            assert wanted <= fonts().size(wanted, face) * coverage(file).capital < wanted + 1


def test_the_figures_of_the_text_sizes() -> None:
    assert CAPITALS[Role.BODY] == (4.0, 4.8, 6.4, 8.5)
    assert CAPITALS[Role.QUIET][1] == 4.0
    assert min(height for heights in CAPITALS.values() for height in heights) >= SMALLEST


def test_text_stands_out_ten_to_one() -> None:
    normal = load_theme(high_contrast=False)
    pairs = [
        (Tone.INK, Tone.GROUND), (Tone.INK, Tone.PANEL), (Tone.QUIET_INK, Tone.GROUND), (Tone.QUIET_INK, Tone.PANEL),
        (Tone.INK, Tone.FINE), (Tone.INK, Tone.CAREFUL), (Tone.ON_STOP, Tone.STOP), (Tone.ACTION, Tone.GROUND),
        (Tone.ON_ACTION, Tone.ACTION), (Tone.DIM_INK, Tone.PANEL), (Tone.INK, Tone.ACTION_PALE),
        (Tone.ON_CHOSEN, Tone.CHOSEN), (Tone.ON_PRESSED, Tone.ACTION_PRESSED),
    ]  # fmt: skip
    assert [pair for pair in pairs if _contrast(normal[pair[0]], normal[pair[1]]) < 10] == []
    high = load_theme(high_contrast=True)
    assert {high[tone] for tone in Tone} == {(0, 0, 0), (255, 255, 255)}
    assert [(one, other) for one, other in pairs if high[one] == high[other]] == []


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
