"""The two numbers and the mail address, as they are typed and as they pass."""

import string
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from kiosk.flow.mail_address import LONGEST, is_address, parting, type_address
from kiosk.numbers import (
    is_contract,
    is_receipt,
    receipt_date_possible,
    type_contract,
    type_receipt,
    write_receipt,
)

KEYS = any_.text(alphabet=string.ascii_letters + string.digits + "-@.𠮷", max_size=40)


@given(KEYS)
def test_whatever_is_hammered_a_contract_number_holds_at_most_nine_digits(keys: str) -> None:
    text = ""
    for key in keys:
        text = type_contract(text, key)
    assert text == "".join(key for key in keys if key in string.digits)[:9]
    assert is_contract(text) == (len(text) == 9)


@given(KEYS)
def test_whatever_is_hammered_a_receipt_number_keeps_its_form(keys: str) -> None:
    text = ""
    for key in keys:
        text = type_receipt(text, key)
    assert text == "" or (text[0] in string.ascii_uppercase and set(text[1:]) <= set(string.digits))


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("S01012026110209451210423", True),
        ("S02012024022910150000731", True),  # a leap day
        ("S01022026022823595900001", True),
        ("S01012026023009451210423", False),  # 30 February
        ("S01012026110224000010423", False),  # 24 o'clock
        ("S0101202611020945121042", False),  # one short
        ("101012026110209451210423", False),  # no letter
    ],
)
def test_a_receipt_number_holds_a_real_date(typed: str, passes: bool) -> None:
    assert is_receipt(typed) is passes


@pytest.mark.parametrize(
    ("typed", "digit"),
    [
        ("S0101000", "0"),  # there is no year 0
        ("S01012026", "2"),  # no month begins with 2
        ("S010120261", "3"),
        ("S0101202602", "3"),  # nor a day of February with 3
        ("S01012026022", "9"),  # 2026 is no leap year
        ("S010120261102", "3"),  # hours end at 23
        ("S01012026110223", "6"),
        ("S0101202611022359", "6"),
    ],
)
def test_an_impossible_date_is_told_at_the_digit_that_makes_it_so(typed: str, digit: str) -> None:
    assert receipt_date_possible(typed)
    assert not receipt_date_possible(typed + digit)


@given(any_.datetimes())
def test_no_date_of_the_calendar_is_refused_while_it_is_typed(moment: datetime) -> None:
    text = "S0101" + moment.isoformat(timespec="seconds").translate({ord(mark): None for mark in "-:T"})
    assert all(receipt_date_possible(text[:end]) for end in range(len(text) + 1))


def test_the_hyphens_stand_where_the_letter_has_them() -> None:
    assert write_receipt("S01012026110209451210423") == "S0101-20261102094512-10423"


@pytest.mark.parametrize("address", ["taro_kyosai@test.ne.jp", "a..b@docomo.ne.jp", "a.@ezweb.ne.jp", "x+y@a-b.co.jp"])
def test_real_addresses_pass_old_carrier_addresses_too(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.jp", "a@b", "a@b..jp", "a@-b.jp", "a b@c.jp", "a@b@c.jp", "a@b.1"]
)
def test_slips_of_the_finger_do_not_pass(address: str) -> None:
    assert not is_address(address)


def test_a_domain_key_replaces_the_domain_that_stands_there() -> None:
    assert type_address("hanako@docomo.ne.jp", "@ezweb.ne.jp") == "hanako@ezweb.ne.jp"
    assert type_address("hanako", "@ezweb.ne.jp") == "hanako@ezweb.ne.jp"
    assert type_address("hanako@e", "@") == "hanako@e"


@given(any_.lists(any_.sampled_from([*string.printable, "@docomo.ne.jp", "𠮷"]), max_size=400))
def test_whatever_is_hammered_an_address_stays_bounded_and_has_one_at(keys: list[str]) -> None:
    text = ""
    for key in keys:
        text = type_address(text, key)
    assert len(text) <= LONGEST
    assert text.count("@") <= 1
    assert text.isascii()


def test_the_parting_is_the_first_character_that_differs() -> None:
    assert parting("abc@d.jp", "abd@d.jp") == 2
    assert parting("abc", "abcd") == 3
