"""Everything is handed in once, whatever the line does, and its fate is final."""

import secrets

import pytest

from drivers.portal.answers import FAILURES
from drivers.portal.wire import Refusal
from kiosk.failures import DriverError, Failure
from kiosk.ports import Enclosure
from tests.drivers.portal.world import (
    ADDRESS,
    APPLICANTS_RECEIPT,
    ATTRIBUTES,
    CONTRACT,
    KEY,
    PAGE,
    RECEIPT,
    World,
    a_page,
    a_picture,
    a_submission,
    failure_of,
    nothing,
)


def test_it_is_received_with_number_and_mail(world: World) -> None:
    moves: list[tuple[int, int]] = []
    submitted = world.ready().submit(a_submission(PAGE, PAGE), KEY, lambda done, whole: moves.append((done, whole)))
    assert submitted.number == "0101-2026-1122-00001"
    (row,) = world.sandbox.submissions
    assert (row.key, row.number) == (KEY, submitted.number)
    assert (row.handed.contract, row.handed.receipt, row.handed.address) == (CONTRACT, RECEIPT, ADDRESS)
    assert [one.content for one in row.handed.files] == [PAGE.content, PAGE.content]
    assert (row.handed.attributes.name, row.handed.attributes.birth_date) == (ATTRIBUTES.name, "19260000")
    assert row.handed.certificate_serial == world.card.certificate.serial_number
    assert moves[0][0] == 0
    assert moves[-1][0] == moves[-1][1] > 2 * len(PAGE.content)
    assert moves == sorted(moves)
    mail = world.sandbox.mailbox.wait_for(2)
    assert mail.subject == "【中小機構】オンライン申請受付完了のお知らせ"
    assert mail.sender == "独立行政法人中小企業基盤整備機構 <kyousai-online@smrj.go.jp>"
    assert "オンライン申請の受付が完了いたしましたので下記申込番号をお伝えします。" in mail.text
    assert "申請内容について担当よりご連絡を差し上げることもありますのでよろしくお願いいたします。" in mail.text
    assert "このメールへの返信はできませんのでご了承ください。" in mail.text
    assert "もし、心当たりがない場合は、以下へお問い合わせください。" in mail.text
    assert submitted.number in mail.text


def test_an_applicant_has_no_contract_number(world: World) -> None:
    submitted = world.ready().submit(a_submission(contract="", receipt=APPLICANTS_RECEIPT), KEY, nothing)
    assert submitted.number == "0102-2026-1122-00001"


def test_the_number_may_come_by_mail_alone(world: World) -> None:
    world.sandbox.give_number(on=False)
    client = world.ready()
    assert client.submit(a_submission(), KEY, nothing).number is None
    assert client.settle(KEY).received
    assert client.settle(KEY).number is None
    assert world.sandbox.submissions[0].number in world.sandbox.mailbox.wait_for(2).text


def test_the_same_again_under_the_same_key_is_the_same(world: World) -> None:
    client = world.ready()
    first = client.submit(a_submission(), KEY, nothing)
    assert client.submit(a_submission(), KEY, nothing) == first
    assert len(world.sandbox.submissions) == 1
    assert len(world.sandbox.mailbox.mails()) == 2
    assert failure_of(client.submit, a_submission(PAGE, PAGE), KEY, nothing) is Failure.SUBMISSION_REFUSED


@pytest.mark.parametrize("offset", [0, 1, 100, 4_096, 16_384, 39_999, 10**9])
def test_a_cut_upload_is_settled_as_not_received_and_a_late_duplicate_refused(world: World, offset: int) -> None:
    client = world.ready()
    world.sandbox.cut_after(offset)
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert not world.client().settle(KEY).received
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_NOT_RECEIVED
    assert world.sandbox.submissions == ()
    assert client.submit(a_submission(), secrets.token_hex(16), nothing).number
    assert not client.settle(KEY).received


def test_a_lost_answer_is_settled_as_received_by_the_terminal_alone(world: World) -> None:
    client = world.ready()
    world.sandbox.lose_answer()
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    world.sandbox.forget_sessions()
    settled = world.client().settle(KEY)
    assert settled.received
    assert settled.number == world.sandbox.submissions[0].number
    assert world.client().settle(KEY) == settled
    assert len(world.sandbox.submissions) == 1


def test_before_the_first_byte_nothing_was_sent(world: World) -> None:
    client = world.ready()
    world.sandbox.go_down()
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.PORTAL_UNREACHABLE
    assert failure_of(client.settle, KEY) is Failure.PORTAL_UNREACHABLE
    world.sandbox.come_up()
    assert client.submit(a_submission(), KEY, nothing).number


@pytest.mark.parametrize(
    "refusal", [Refusal.SUBMISSION_REFUSED, Refusal.FIELD_REFUSED, Refusal.SESSION_EXPIRED, Refusal.BUSY]
)
def test_a_refusal_is_told_and_keeps_nothing(world: World, refusal: Refusal) -> None:
    client = world.ready()
    world.sandbox.refuse(refusal)
    assert failure_of(client.submit, a_submission(), KEY, nothing) is FAILURES[refusal]
    assert client.submit(a_submission(), KEY, nothing).number


def test_maintenance_and_a_forgotten_session_keep_nothing(world: World) -> None:
    client = world.ready()
    world.sandbox.maintenance(on=True)
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.PORTAL_MAINTENANCE
    world.sandbox.maintenance(on=False)
    world.sandbox.forget_sessions()
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SESSION_EXPIRED
    assert world.sandbox.submissions == ()


@pytest.mark.parametrize(
    "pages",
    [
        [PAGE] * 6,
        [Enclosure("x", "image/png", PAGE.content)],
        [Enclosure("x", "image/jpeg", b"%PDF-1.7")],
        [Enclosure("x", "image/jpeg", b"")],
        [Enclosure("x", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(40_000))],
        [Enclosure("x", "image/jpeg", PAGE.content[:-100])],
        [a_picture(8_000, 8_000)],
        [a_picture(20, 20, "PNG")],
        [a_page(3_400_000)] * 3,
    ],
    ids=[
        "six files",
        "other media type",
        "no JPEG",
        "empty",
        "a JPEG's beginning",
        "half a JPEG",
        "too large a picture",
        "a PNG that is called JPEG",
        "over 10 MB",
    ],
)
def test_papers_that_the_portal_does_not_take(world: World, pages: list[Enclosure]) -> None:
    client = world.ready()
    failure = failure_of(client.submit, a_submission(*pages), KEY, nothing)
    if (
        failure is Failure.SUBMISSION_UNCERTAIN
    ):  # refused by the length alone, and the refusal was lost in the breaking line
        assert not client.settle(KEY).received
    else:
        assert failure is Failure.SUBMISSION_REFUSED
    assert world.sandbox.submissions == ()


def test_without_attributes_nothing_is_taken(world: World) -> None:
    assert failure_of(world.logged_in().submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_REFUSED


def test_ten_million_bytes_fit(world: World) -> None:
    assert world.ready().submit(a_submission(*[a_page(2_000_000)] * 5), KEY, nothing).number
    assert sum(len(one.content) for one in world.sandbox.submissions[0].handed.files) == 10_000_000


def test_nothing_personal_is_told_by_accident(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    client = world.ready()
    world.sandbox.lose_answer()
    with pytest.raises(DriverError) as caught:
        client.submit(a_submission(), KEY, nothing)
    client.settle(KEY)
    links: list[BaseException | None] = [caught.value.__cause__, caught.value.__context__]
    assert links == [None, None]
    told = "".join(
        (caplog.text, str(caught.value), *map(repr, world.sandbox.submissions), repr(a_submission()), repr(client))
    )
    code = world.sandbox.open_link(world.sandbox.mailbox.mails()[0])
    for secret in (
        ADDRESS,
        CONTRACT,
        RECEIPT,
        ATTRIBUTES.name,
        ATTRIBUTES.address,
        "19260000",
        code,
        world.card.der.hex(),
    ):
        assert secret not in told
    assert "/settlements" in caplog.text  # the log was on, and names paths
