"""What a technician may see of a conversation: kinds, lengths, status words."""

from drivers.card.faults import Fault
from drivers.card.reader import CardDesk
from drivers.card.trace import Exchanged, Traffic
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import CHALLENGE, HOLDER, Desk, card


def heard_at(desk: Desk, *digits: str) -> list[Exchanged]:
    """The job, with these passwords."""
    heard: list[Exchanged] = []
    desk.card = CardDesk(desk.reader, desk.guard, desk.clock, hear=heard.append)
    remaining = iter(digits)

    def enter(password: Password) -> Entry:
        return desk.types(next(remaining), password)

    job = desk.card.perform(CHALLENGE, enter)
    assert job.traffic == Traffic.of(heard)
    return heard


def test_a_conversation_reads_like_this() -> None:
    heard = heard_at(Desk.with_card(card()), "1234", "5678")
    assert [str(exchanged) for exchanged in heard] == [
        "00 A4 04 0C D392F000260100000001 -> 9000, 0 bytes",
        "00 B0 8A 00 -> 9000, 2048 bytes",
        "00 20 00 98 -> 63C3, 0 bytes",
        "00 20 00 98 [password] -> 9000, 0 bytes",
        "00 A4 02 0C 0017 -> 9000, 0 bytes",
        "80 2A 00 80 -> 9000, 256 bytes",
        "00 A4 04 0C D3921000310001010408 -> 9000, 0 bytes",
        "00 20 00 91 -> 63C3, 0 bytes",
        "00 20 00 91 [password] -> 9000, 0 bytes",
        "00 B0 82 00 -> 9000, 87 bytes",
    ]
    sent = 15 + 7 + 4 + 9 + 7 + 57 + 15 + 4 + 9 + 7
    assert Traffic.of(heard) == Traffic(10, sent + 2048 + 256 + 87 + 2 * 10)


def test_it_holds_no_digit_and_nothing_that_a_card_has_said() -> None:
    shown = repr(heard_at(Desk.with_card(card()), "1234", "5678")) + repr(heard_at(Desk.with_card(card()), "9176"))
    for secret in ("1234", "31323334", "31 32 33 34", "5678", "9176", HOLDER.name, HOLDER.birth, "\\xe4"):
        assert secret not in shown


def test_an_answer_that_did_not_come_is_seen() -> None:
    desk = Desk.with_card(card())
    desk.reader.fault_at(3, Fault.PULLED, heard=True)
    heard = heard_at(desk, "1234")
    assert str(heard[-1]) == "00 20 00 98 [password] -> no answer"
    assert len(heard) == 4
