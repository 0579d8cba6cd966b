"""What counts as selected on a card: only what it has just said yes to."""

from dataclasses import replace

import pytest

from drivers.card import apdu
from drivers.card.chip import ChipApplication
from drivers.card.faults import Fault
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.simulator import SimulatedReader
from drivers.card.tripwire import ForbiddenCommandError, Tripwire
from kiosk.failures import DriverError
from tests.drivers.card.commands import JPKI, TEXT, application, file, question, read, wired
from tests.drivers.card.desk import card


def test_a_file_that_shares_its_short_identifier_with_another_has_none() -> None:
    profile = replace(
        MY_NUMBER_CARD,
        attributes=replace(MY_NUMBER_CARD.attributes, readable=frozenset({0x0021}), password=0x0031),
    )
    reader = SimulatedReader(card=card())
    reader.connect()
    wire = Tripwire(reader, profile, lambda _: None)
    wire.send(application(TEXT))
    for forbidden in (read(0x81), question(0x91), read(0xA1), question(0xB1)):
        with pytest.raises(ForbiddenCommandError):
            wire.send(forbidden)


def test_a_short_identifier_that_the_card_refuses_leaves_nothing_selected() -> None:
    chip = card()
    jpki = chip.applications[JPKI]
    chip.applications = {JPKI: ChipApplication(jpki.name, {0x0006: jpki.files[0x0006]})}
    wire, _ = wired(chip)
    for command in (application(JPKI), file(0x0006), read()):
        assert wire.send(command).status == apdu.OK
    assert wire.send(read(0x8A)).status == apdu.NOT_FOUND
    with pytest.raises(ForbiddenCommandError):
        wire.send(read())


def test_a_file_that_the_card_does_not_have_is_not_read_from_the_one_before() -> None:
    chip = card()
    jpki = chip.applications[JPKI]
    without_token = {number: held for number, held in jpki.files.items() if number != MY_NUMBER_CARD.token_file}
    chip.applications = {JPKI: ChipApplication(jpki.name, without_token)}
    wire, _ = wired(chip)
    wire.send(application(JPKI))
    assert wire.send(file(MY_NUMBER_CARD.token_file)).status == apdu.NOT_FOUND
    with pytest.raises(ForbiddenCommandError):
        wire.send(read())


def test_after_a_refused_selection_nothing_counts_as_selected() -> None:
    chip = card()
    wire, _ = wired(chip)
    wire.send(application(TEXT))
    wire.send(file(0x0002))
    chip.applications = {}
    assert wire.send(application(JPKI)).status == apdu.NOT_FOUND
    with pytest.raises(ForbiddenCommandError):
        wire.send(read())


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.TIMED_OUT])
def test_after_an_answer_that_was_none_nothing_counts_as_selected(fault: Fault) -> None:
    wire, reader = wired(card())
    wire.send(application(TEXT))
    wire.send(file(0x0002))
    reader.fault_at(0, fault)
    with pytest.raises(DriverError):
        wire.send(application(JPKI))  # the card may have done so
    for forbidden in (read(), file(0x0011), file(0x000A), question(0x91)):
        with pytest.raises(ForbiddenCommandError):
            wire.send(forbidden)
