"""Every view at its longest and oddest, with the invented people of the design."""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.failures import REMEDIES, Failure
from kiosk.states import Notice, Question, Remark
from kiosk.views import (
    AddressDiffersView,
    ApplicantChoiceView,
    AttractView,
    AwaitMailView,
    BlankView,
    BusyView,
    CardReadyView,
    CardTroubleView,
    Chrome,
    ConsentView,
    CornersView,
    CoveringView,
    DisplayView,
    DocumentView,
    DoneView,
    FarewellView,
    FateOpenView,
    Finding,
    HelpTopic,
    HelpView,
    IdentityView,
    IdentityWrongView,
    Keyboard,
    LanguageView,
    LastTryView,
    LayCardView,
    LeaveView,
    LetterView,
    LookingOverView,
    MailExplainedView,
    MailTroubleView,
    NoticeView,
    NumberOfferView,
    OutOfServiceView,
    PageCheckView,
    PageLookView,
    PapersView,
    PasswordStopView,
    PasswordView,
    PostponedView,
    PreparationView,
    ReadOfferView,
    ReviewView,
    ScanView,
    Scene,
    StaffView,
    StartingView,
    StillThereView,
    SubmittingView,
    TakeCardView,
    TroubleView,
    Typing,
    TypingView,
    View,
    WipingView,
)
from kiosk.visit import (
    Attributes,
    BirthDate,
    Box,
    Document,
    Ending,
    Framed,
    Guidance,
    Language,
    Page,
    Password,
    Preferences,
    Sex,
    Sight,
    Tries,
)

LANGUAGES = tuple(Language)
CONTACT = "架空商工会議所 経営支援課 0120-000-0000(平日9時から17時)"
TITLES = ("中小機構マイナ手続きポータル利用規約", "中小機構個人情報保護管理規程")
LONG_ADDRESS = "maria-fernanda_de.oliveira.santos.silva+kyosai@mail.example.jp"
DEADLINE = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
COVERED = (Box(0.1, 0.18, 0.62, 0.205),)
PAGES = tuple(Page(n, 1654, 2339, 1_900_000 + n, COVERED if n == 2 else ()) for n in range(1, 6))
FOUND = replace(PAGES[0], suspected=COVERED, seen=False)
ORDINALS = ((1, 1), (1, 2), (2, 1), (3, 1), (4, 1))
FRAMED = Framed(1, 4320, 2880, ((0.27, 0.03), (0.72, 0.06), (0.73, 0.97), (0.27, 0.96)))
FURTHER_LABEL = "前回のお手続きでご提出いただいた書類の名称"
LONGEST_LABEL = "前回のお手続きでご提出いただいた書類の名称と、それを交付した役所・団体などの名称"
NOTICE = Notice(
    "独立行政法人中小企業基盤整備機構",
    "架空商工会議所 1階ロビー",
    CONTACT,
    "小規模企業共済の契約者の確認と、添付資料の再提出を受け付けるために利用します。",
)
PLAIN, SHEET, OUTSIDE = Chrome(1), Chrome(None, back=False, cancel=False), Chrome(None, back=False, cancel=False)
TOWER = (
    "京都市上京区架空通今出川上る東入架空町一丁目二番地の三 架空ガーデンタワー上京ノースレジデンス"
    "アネックス棟 十二階 1203号室"
)
PEOPLE = (
    Attributes("𠮷田 髙子", "東京都千代田区架空町1-2-3", BirthDate(1949, 3, 8), Sex.FEMALE),
    Attributes("渡邉\U000e0102 﨑之介", TOWER, BirthDate(1951, 12, 31), Sex.MALE),
    Attributes(
        "DE OLIVEIRA SANTOS SILVA MARIA FERNANDA",
        "群馬県邑楽郡大泉町架空3-4-5", BirthDate(1978, 11, 30), Sex.FEMALE,
    ),
    Attributes("例示 ひかる", "福岡県福岡市中央区架空2-2", BirthDate(2000, 2, 29), Sex.NOT_APPLICABLE),
    Attributes("仮名 渡", "国外転出 大韓民国", BirthDate(1989, 1, 7), Sex.MALE),
    Attributes("仮名 \U000f0000", "国外転出 大韓民国", BirthDate(1989, 1, 7), Sex.MALE),
    Attributes("見本 ツル", "青森県青森市架空1-1", BirthDate(1926, None, None), Sex.FEMALE),
)  # fmt: skip


def _document() -> Document:
    sentence = "第{n}条 これは画面を試すための文です。本文はポータルから届き、長さはさまざまです。"
    return Document(TITLES[0], "\n".join(sentence.format(n=n) for n in range(1, 41)))


def _typing(typing: Typing, keyboard: Keyboard, text: str, remark: Remark | None = None, label: str = "") -> TypingView:
    complete = bool(text) and remark in {None, Remark.READ_BY_CAMERA}
    return TypingView(typing, keyboard, text, remark, complete=complete, label=label)


TYPINGS = (
    _typing(Typing.ADDRESS, Keyboard.MAIL, ""),
    _typing(Typing.ADDRESS, Keyboard.MAIL, "taro_kyosai@example.jp"),
    _typing(Typing.ADDRESS_AGAIN, Keyboard.MAIL, LONG_ADDRESS, Remark.MALFORMED),
    _typing(Typing.CODE, Keyboard.CODE, "K7M2P", Remark.INCOMPLETE),
    _typing(Typing.CONTRACT, Keyboard.DIGITS, "9012345", Remark.INCOMPLETE),
    _typing(Typing.CONTRACT, Keyboard.DIGITS, "901234507", Remark.READ_BY_CAMERA),
    _typing(Typing.RECEIPT, Keyboard.LETTERS, ""),
    _typing(Typing.RECEIPT, Keyboard.LETTERS, "", Remark.NOT_READ),
    _typing(Typing.RECEIPT, Keyboard.DIGITS, "S010120260230", Remark.IMPOSSIBLE_DATE),
    _typing(Typing.FURTHER, Keyboard.ASCII, "a" * 40, Remark.INCOMPLETE, FURTHER_LABEL),
    _typing(Typing.FURTHER, Keyboard.ASCII, "a" * 40, Remark.INCOMPLETE, LONGEST_LABEL),
    _typing(Typing.FURTHER, Keyboard.HIRAGANA, "かそうしょうかい", Remark.INCOMPLETE, FURTHER_LABEL),
    _typing(Typing.FURTHER, Keyboard.KATAKANA, "カソウ タロウ", None, "お名前(フリガナ)"),
    _typing(Typing.FURTHER, Keyboard.LATIN, "", None, "日中のお電話番号"),
    _typing(Typing.FURTHER, Keyboard.DIGITS, "0901234", None, "日中のお電話番号"),
    _typing(Typing.FURTHER, Keyboard.FIGURES, "123-", Remark.INCOMPLETE, "郵便番号"),
)

FORM = {Typing.CONTRACT, Typing.RECEIPT, Typing.FURTHER}
STEPS = dict.fromkeys(Question, 2) | {
    Question.TERMS: 1, Question.REGISTER: 1, Question.SEND_AGAIN: 1, Question.CORRECT: 1, Question.RESUME: 1,
    Question.SEND_ATTRIBUTES: 3, Question.CHECK_NUMBERS: 4, Question.PHOTOGRAPH: 4, Question.PACK: 4,
}  # fmt: skip
"""In which step the visitor waits for it."""

SCENES: tuple[tuple[Chrome, View], ...] = (
    (OUTSIDE, AttractView(LANGUAGES, None)),
    (OUTSIDE, AttractView(LANGUAGES, Ending.FATE_UNKNOWN)),
    (OUTSIDE, OutOfServiceView(Failure.READER_LOST, CONTACT, LANGUAGES)),
    (PLAIN, PreparationView()),
    (PLAIN, NoticeView(NOTICE, "2026-11-01")),
    *(
        (Chrome(4 if v.typing in FORM else 1, help=v.typing in FORM and v.typing is not Typing.FURTHER), v)
        for v in TYPINGS
    ),
    (PLAIN, AddressDiffersView(LONG_ADDRESS, LONG_ADDRESS.replace("santos", "santoz"), 32)),
    (PLAIN, ConsentView(TITLES, (True, False), agreed=False, remark=Remark.AGREE_FIRST)),
    (PLAIN, ConsentView(TITLES, (True, True), agreed=True, remark=None)),
    (PLAIN, DocumentView(_document())),
    *((Chrome(STEPS[question], back=False), BusyView(question, 0, 0)) for question in Question),
    (Chrome(4, back=False), BusyView(Question.PACK, 3, 5)),
    (Chrome(1, back=False), MailExplainedView(LONG_ADDRESS)),
    (PLAIN, AwaitMailView(LONG_ADDRESS, DEADLINE, line_down=True)),
    (PLAIN, AwaitMailView("taro@example.jp", DEADLINE, line_down=False)),
    (PLAIN, MailTroubleView(LONG_ADDRESS, 2)),
    (PLAIN, MailTroubleView(LONG_ADDRESS, 0)),
    (PLAIN, PostponedView(DEADLINE)),
    (Chrome(2, back=False), LayCardView(stale=False)),
    (Chrome(2, back=False), LayCardView(stale=True)),
    (Chrome(2, back=False), CardReadyView(Tries(3, 2))),
    (Chrome(2, back=False), CardReadyView(Tries(1, None))),
    (Chrome(2, back=False), LastTryView(Password.AUTHENTICATION)),
    (
        Chrome(2, help=True),
        PasswordView(Password.AUTHENTICATION, 2, 3, None, (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)),
    ),
    (
        Chrome(2, help=True),
        PasswordView(Password.ATTRIBUTES, 0, 2, Remark.WRONG_PASSWORD, (3, 1, 4, 5, 9, 2, 6, 8, 7, 0), shuffled=True),
    ),
    (
        Chrome(2, help=True),
        PasswordView(Password.AUTHENTICATION, 4, 1, Remark.SAME_DIGITS, (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)),
    ),
    (Chrome(2, back=False), LastTryView(Password.ATTRIBUTES)),
    *(
        (Chrome(2, back=False), PasswordStopView(failure, password, "架空ストア、架空マート", card_lies_there=True))
        for failure in (
            Failure.PASSWORD_LOCKED,
            Failure.PASSWORD_ABSENT,
            Failure.LAST_TRY_KEPT,
            Failure.REFUSED_TOO_OFTEN,
        )
        for password in Password
    ),
    (Chrome(2, back=False), ReadOfferView()),
    (Chrome(2, back=False), TakeCardView()),
    *((Chrome(3, back=False), IdentityView(person)) for person in PEOPLE),
    (Chrome(3), IdentityWrongView(CONTACT)),
    (Chrome(4), ApplicantChoiceView()),
    *((Chrome(4), ScanView(5, 1, Sight(guidance), 4, 5, 9_512_345, 10_000_000)) for guidance in Guidance),
    (Chrome(4), LetterView(Sight(Guidance.HOLD_STILL))),
    (Chrome(4), LetterView(Sight(Guidance.LAY_A_PAPER))),
    (Chrome(4, back=False), NumberOfferView("901234507", "S0101-20261102094512-10423")),
    (Chrome(4, back=False), NumberOfferView(None, "S0101-20261102094512-10423")),
    (Chrome(4, back=False), CornersView(FRAMED, 1, moving=True)),
    (Chrome(4, back=False), PageCheckView(PAGES[0], 5, 1, Finding.NOTHING, corners=True)),
    (Chrome(4, back=False), PageCheckView(PAGES[0], 4, 12, Finding.LOOKING, corners=True)),
    (Chrome(4, back=False), PageCheckView(FOUND, 5, 1, Finding.SUSPECTED, corners=True)),
    (Chrome(4), PageCheckView(FOUND, 2, 1, Finding.SUSPECTED, kept=True)),
    (Chrome(4), PageCheckView(PAGES[0], 2, 1, Finding.UNKNOWN, kept=True)),
    (Chrome(4), LookingOverView()),
    (Chrome(4), CoveringView(PAGES[1], Box(0.1, 0.3, 0.8, 0.33))),
    (Chrome(4, back=False), PageLookView(PAGES[0], 0, 1, 1, 2, earlier=False, later=True)),
    (Chrome(4, back=False), PageLookView(PAGES[1], 1, 1, 2, 2, earlier=True, later=True)),
    (Chrome(4), PapersView(PAGES, ORDINALS, 4, 5, 9_500_015, 10_000_000, add=True, join=True)),
    (Chrome(4), PapersView(PAGES[:2], ((1, 1), (2, 1)), 2, 5, 3_800_003, 10_000_000, add=True, join=False)),
    (
        Chrome(4),
        PapersView(
            (*PAGES, *PAGES),
            (*ORDINALS, *((5, n) for n in range(1, 6))),
            5,
            5,
            9_500_015,
            10_000_000,
            add=False,
            join=True,
        ),
    ),
    (Chrome(4), PapersView((), (), 0, 5, 0, 10_000_000, add=True, join=False)),
    (
        Chrome(5),
        ReviewView("", "S0102-20260228235959-00001", ((FURTHER_LABEL, "加入申込書の控え"),), PAGES, 4, 9_500_015),
    ),
    (Chrome(5), ReviewView("901234507", "S0101-20261102094512-10423", (), PAGES[:1], 1, 1_900_001)),
    (Chrome(5, back=False, cancel=False), SubmittingView(4_200_000, 9_500_015, settling=False)),
    (Chrome(5, back=False, cancel=False), SubmittingView(0, 0, settling=True)),
    (Chrome(5, back=False, cancel=False), DoneView("20261123-0012345", card_lies_there=True, erased=True)),
    (Chrome(5, back=False, cancel=False), DoneView(None)),
    *(
        (Chrome(4, back=REMEDIES[failure].retry), TroubleView(failure, REMEDIES[failure].retry, page=3))
        for failure in Failure
    ),
    *(
        (Chrome(2, back=False), CardTroubleView(failure, card_lies_there=True))
        for failure in Failure
        if failure.name.startswith(("CARD", "CERT", "READER", "TRIES"))
    ),
    (Chrome(2, back=False), CardTroubleView(Failure.CARD_PULLED, card_lies_there=False)),
    (OUTSIDE, WipingView()),
    *((OUTSIDE, FarewellView(ending, erased=True, card_lies_there=True)) for ending in Ending),
    (Chrome(5, back=False, cancel=False), FateOpenView()),
    (SHEET, LanguageView(LANGUAGES, Language.EN)),
    (SHEET, DisplayView(Preferences(), cancel=True)),
    (SHEET, StaffView(CONTACT)),
    (SHEET, LeaveView(card_lies_there=True)),
    (SHEET, StillThereView()),
    *((SHEET, HelpView(topic)) for topic in HelpTopic),
    (OUTSIDE, StartingView()),
    (OUTSIDE, BlankView()),
)

SAMPLES = tuple(Scene(chrome, view) for chrome, view in SCENES)
