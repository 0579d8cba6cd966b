"""The six invented people who try the terminal, with what they hold in their hands: a card, numbers, a mail address.

Between them they have what real names and papers have: letters beyond the first plane and with variation selectors,
names in Latin script, an address of more than sixty characters, a birth date without a day, the last day of an era, a
sex that is not told, an address abroad, an applicant without a contract number.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drivers.bench.authority import SampleAuthority
from drivers.bench.cases import CardCase
from drivers.card import samples
from drivers.card.chip import Chip, Secret
from drivers.card.samples import Credentials, Holder


@dataclass(frozen=True, slots=True)
class Visitor:
    """An invented visitor. `contract` is empty for an applicant; `serial` numbers the card's certificate."""

    serial: int
    holder: Holder = field(repr=False)
    contract: str
    receipt: str
    mail: str = field(repr=False)
    authentication_password: str = field(default="1234", repr=False)
    attributes_password: str = field(default="5678", repr=False)


VISITORS = (
    Visitor(
        serial=1001,
        holder=Holder("\U00020bb7田 \u9ad9子", "東京都千代田区架空町1-2-3", "19490308", "2"),
        contract="901234507",
        receipt="S0101-20261102094512-10423",
        mail="yoshida.takako@example.jp",
    ),
    Visitor(
        serial=1002,
        holder=Holder(
            "渡邉\U000e0102 \ufa11之介",
            "京都府京都市上京区架空通見本上る二丁目上る東入例示町123番地45 "
            "御所西架空小路サンプルグランドタワー京都見本レジデンス南館 1203号室",
            "19511231",
            "1",
        ),
        contract="",
        receipt="S0102-20260228235959-00001",
        mail="watanabe.sakinosuke@example.jp",
    ),
    Visitor(
        serial=1003,
        holder=Holder(
            "ＤＥ　ＯＬＩＶＥＩＲＡ　ＳＡＮＴＯＳ　ＳＩＬＶＡ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ",
            "群馬県邑楽郡大泉町架空3-4-5",
            "19781130",
            "2",
        ),
        contract="902345618",
        receipt="S0101-20261015110203-48213",
        mail="maria.fernanda@example.jp",
    ),
    Visitor(
        serial=1004,
        holder=Holder("見本 ツル", "青森県青森市架空1-1", "19260000", "2"),
        contract="903456729",
        receipt="S0201-20240229101500-00731",
        mail="mihon.tsuru@example.jp",
    ),
    Visitor(
        serial=1005,
        holder=Holder("例示 ひかる", "福岡県福岡市中央区架空2-2", "20000229", "9"),
        contract="904567830",
        receipt="S0101-20261101000000-99999",
        mail="reiji.hikaru@example.jp",
    ),
    Visitor(
        serial=1006,
        holder=Holder("仮名 渡", "国外転出 大韓民国", "19890107", "1"),
        contract="905678941",
        receipt="S0301-20261103093015-20260",
        mail="kamei.wataru@example.jp",
    ),
)


def guest(number: int, name: str, address: str, mail: str) -> Visitor:
    """Somebody of whom nobody has heard before, who comes with this number."""
    contract, receipt = f"{912345600 + number}", f"S0101-20261231124059-{41520 + number}"
    return Visitor(1000 + number, Holder(name, address, "19700401", "1"), contract, receipt, mail)


_LOST = 50_000
"""Between the serial numbers of a visitor's card and of one that was reported as lost."""


def card_of(visitor: Visitor, authority: SampleAuthority, case: CardCase = CardCase.FINE) -> Chip:
    """This visitor's card, fresh from the municipal office; its certificate takes a moment to make."""
    match case:
        case CardCase.RESIDENT:
            return samples.resident_card()
        case CardCase.PASSPORT:
            return samples.passport()
        case _:
            pass
    not_before, not_after = _dates(authority.now, case)
    serial = visitor.serial + (_LOST if case is CardCase.REVOKED else 0)
    credentials = Credentials(*authority.issue(serial, not_before, not_after), authority.ca_certificate)
    if case is CardCase.REVOKED and credentials.certificate is not None:
        authority.revoke(credentials.certificate)
    if case is CardCase.PHONE:
        return samples.phone_token(credentials)
    if case is CardCase.WITHOUT_CERTIFICATE:
        credentials = replace(credentials, certificate=None)
    authentication = Secret(visitor.authentication_password.encode("ascii"))
    attributes = Secret(visitor.attributes_password.encode("ascii"))
    authentication.left = {CardCase.LAST_TRY: 1, CardCase.LOCKED: 0}.get(case, authentication.left)
    attributes.left = 0 if case is CardCase.ATTRIBUTES_LOCKED else attributes.left
    if case is CardCase.WITHOUT_PASSWORDS:
        return samples.my_number_card(visitor.holder, credentials, None, None)
    return samples.my_number_card(visitor.holder, credentials, authentication, attributes)


def _dates(now: datetime, case: CardCase) -> tuple[datetime, datetime]:
    """Five years, of which a card that has expired has seen the last day."""
    year = timedelta(days=365)
    end = now - timedelta(days=1) if case is CardCase.EXPIRED else now + 4 * year
    return end - 5 * year, end
