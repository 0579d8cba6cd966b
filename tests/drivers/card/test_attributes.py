"""The record of the four attributes, in every form that a card may write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card import attributes
from drivers.card.samples import Holder, attribute_record
from kiosk.failures import DriverError
from kiosk.visit import Attributes, BirthDate, Sex
from tests.drivers.card.desk import HOLDER

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300).filter(
    lambda letters: bool(letters.strip()) and len(letters.encode()) <= 2048
)


def element(tag: int, value: bytes, form: int = 0) -> bytes:
    """`form` is the number of length bytes after 8x; 0 is the short form."""
    length = bytes([0x80 | form]) + len(value).to_bytes(form, "big") if form else bytes([len(value)])
    return tag.to_bytes(2, "big") + length + value


def record(**changed: bytes) -> bytes:
    values = {"name": "例示 ひかる".encode(), "address": "架空町".encode(), "birth": b"20000229", "sex": b"9"} | changed
    inner = b"".join(element(0xDF22 + at, value) for at, value in enumerate(values.values()))
    return element(0xFF20, inner)


@given(text, text, st.sampled_from("0129"))
def test_what_a_card_was_given_is_read_back_exactly(name: str, address: str, sex: str) -> None:
    read = attributes.parse(attribute_record(Holder(name, address, "19510630", sex)))
    assert (read.name, read.address, read.sex.value) == (name, address, sex)
    assert read.birth == BirthDate(1951, 6, 30)


@pytest.mark.parametrize("form", [0, 1, 2, 3, 4])
def test_a_length_may_be_written_in_every_form(form: int) -> None:
    inner = element(0xDF25, b"1", form) + element(0xDF24, b"19000101", form)
    inner += element(0xDF23, "町".encode(), form) + element(0xDF22, "名".encode(), form)
    assert attributes.parse(element(0xFF20, inner, form)) == Attributes("名", "町", BirthDate(1900, 1, 1), Sex.MALE)


def test_filling_behind_the_record_and_unknown_elements_do_no_harm() -> None:
    known = attribute_record(HOLDER)
    assert attributes.parse(known + bytes(100)) == attributes.parse(known)
    inner = record()[3:] + element(0xDF26, b"new")
    assert attributes.parse(element(0xFF20, inner)).name == "例示 ひかる"


@pytest.mark.parametrize("offsets", [None, b"", bytes(8), b"\xff" * 8, bytes(3), bytes(20)])
def test_the_offsets_decide_nothing(offsets: bytes | None) -> None:
    """What they count from is known from few cards: a record that is whole without them is not refused for them."""
    inner = (b"" if offsets is None else element(0xDF21, offsets)) + record()[3:]
    assert attributes.parse(element(0xFF20, inner)) == attributes.parse(record())


@given(
    st.integers(1, 650).map(lambda letters: "𠮷" * (letters // 2) + "邉\U000e0102" * (letters // 8)),
    st.sampled_from([2, 3, 4]),
)
def test_long_names_of_four_bytes_a_letter_and_of_variants_are_read_exactly(name: str, form: int) -> None:
    inner = element(0xDF22, (name or "名").encode(), form) + element(0xDF23, "町".encode(), form)
    inner += element(0xDF24, b"19261200", form) + element(0xDF25, b"0", form)
    read = attributes.parse(element(0xFF20, inner, form) + b"\xff" * 40)
    assert (read.name, read.birth, read.sex) == (name or "名", BirthDate(1926, 12, None), Sex.UNKNOWN)


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        (b"19260000", BirthDate(1926, None, None)),
        (b"19260300", BirthDate(1926, 3, None)),
        (b"00000101", BirthDate(None, 1, 1)),
        (b"1926    ", BirthDate(1926, None, None)),
        (b"19269999", BirthDate(1926, None, None)),
        (b"UNKNOWN.", BirthDate(None, None, None)),
    ],
)
def test_an_unknown_part_of_a_birth_date_is_none(written: bytes, birth: BirthDate) -> None:
    assert attributes.parse(record(birth=written)).birth == birth


@pytest.mark.parametrize(("written", "sex"), [(b"1", Sex.MALE), (b"2", Sex.FEMALE), (b"9", Sex.NOT_APPLICABLE)])
def test_sex_is_what_the_standard_says(written: bytes, sex: Sex) -> None:
    assert attributes.parse(record(sex=written)).sex is sex
    assert attributes.parse(record(sex=b"7")).sex is Sex.UNKNOWN


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff",
        b"\xff\x20",
        b"\xff\x20\x80",
        b"\xff\x20\x85\x00\x00\x00\x00\x00",
        b"\xff\x20\x82\x01",
        bytes(64),
        b"\xff" * 64,
        record()[:-1],
        record(name=b""),
        record(name=b"   "),
        record(address=b""),
        record(name=b"\xf0\xa0\xae"),
        record(name=b"\xed\xa0\x80"),
        record(name=b"a\x00b"),
        record(birth=b"2000022"),
        record(sex=b""),
        record(sex=b"11"),
        element(0xFF20, element(0xDF22, b"only a name")),
        element(0xFF20, record()[3:] + element(0xDF22, "名".encode())),
        element(0xFF21, record()[3:]),
    ],
)
def test_what_is_no_such_record_is_malformed_and_never_empty(broken: bytes) -> None:
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        attributes.parse(broken)
