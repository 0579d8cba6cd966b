"""Which function places which view: one `match` over the closed union."""

from typing import assert_never

from kiosk.views import (
    AddressDiffersView,
    ApplicantChoiceView,
    AttractView,
    AwaitMailView,
    BlankView,
    BusyView,
    CardReadyView,
    CardTroubleView,
    ConsentView,
    CornersView,
    CoveringView,
    DisplayView,
    DocumentView,
    DoneView,
    FarewellView,
    FateOpenView,
    HelpView,
    IdentityView,
    IdentityWrongView,
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
    TypingView,
    WipingView,
)
from screens.address_differs import arrange_address_differs
from screens.applicant_choice import arrange_applicant_choice
from screens.attract import arrange_attract
from screens.busy import arrange_busy, arrange_looking_over
from screens.card_lay import arrange_lay_card
from screens.card_ready import arrange_card_ready
from screens.consent import arrange_consent, arrange_document
from screens.done import arrange_done
from screens.drawing_on import arrange_corners, arrange_covering
from screens.farewell import arrange_farewell, arrange_fate_open, arrange_wiping
from screens.identity import arrange_identity, arrange_identity_wrong
from screens.last_try import arrange_last_try
from screens.layout import Kept, Kit, Measure, Touch
from screens.look import Look, Tone
from screens.mail import arrange_await_mail, arrange_mail_explained, arrange_mail_trouble, arrange_postponed
from screens.nodes import Node, Shape
from screens.notice import arrange_notice
from screens.number_offer import arrange_number_offer
from screens.out_of_service import arrange_out_of_service
from screens.page_check import arrange_page_check, arrange_page_look
from screens.papers import arrange_papers
from screens.password import arrange_password
from screens.password_stop import arrange_password_stop
from screens.preparation import arrange_preparation
from screens.read_offer import arrange_read_offer
from screens.review import arrange_review
from screens.scan import arrange_letter, arrange_scan
from screens.sheets import (
    arrange_display,
    arrange_help,
    arrange_language,
    arrange_leave,
    arrange_staff,
    arrange_still_there,
)
from screens.starting import arrange_starting
from screens.submitting import arrange_submitting
from screens.take_card import arrange_take_card
from screens.trouble import arrange_card_trouble, arrange_trouble
from screens.typing import arrange_typing


def arrange(scene: Scene, look: Look, measure: Measure, touch: Touch | None = None, kept: Kept | None = None) -> Node:
    """The placed tree of a scene; `kept` holds on to what of it may be needed again."""
    kit = Kit(look, measure, touch or Touch(), (kept or Kept()).standing_for(look))
    return kit.kept.tree(scene, kit.touch, lambda: _arranged(scene, kit))


def _arranged(scene: Scene, kit: Kit) -> Node:  # noqa: C901, PLR0915 - as many cases as there are views
    chrome = scene.chrome
    match scene.view:
        case AttractView() as view:
            return arrange_attract(view, kit)
        case OutOfServiceView() as view:
            return arrange_out_of_service(view, kit)
        case PreparationView() as view:
            return arrange_preparation(view, chrome, kit)
        case NoticeView() as view:
            return arrange_notice(view, chrome, kit)
        case TypingView() as view:
            return arrange_typing(view, chrome, kit)
        case AddressDiffersView() as view:
            return arrange_address_differs(view, chrome, kit)
        case ConsentView() as view:
            return arrange_consent(view, chrome, kit)
        case DocumentView() as view:
            return arrange_document(view, chrome, kit)
        case BusyView() as view:
            return arrange_busy(view, chrome, kit)
        case MailExplainedView() as view:
            return arrange_mail_explained(view, chrome, kit)
        case AwaitMailView() as view:
            return arrange_await_mail(view, chrome, kit)
        case MailTroubleView() as view:
            return arrange_mail_trouble(view, chrome, kit)
        case PostponedView() as view:
            return arrange_postponed(view, chrome, kit)
        case LanguageView() as view:
            return arrange_language(view, kit)
        case DisplayView() as view:
            return arrange_display(view, kit)
        case StaffView() as view:
            return arrange_staff(view, kit)
        case LeaveView() as view:
            return arrange_leave(view, kit)
        case StillThereView() as view:
            return arrange_still_there(view, kit)
        case HelpView() as view:
            return arrange_help(view, kit)
        case LayCardView() as view:
            return arrange_lay_card(view, chrome, kit)
        case CardReadyView() as view:
            return arrange_card_ready(view, chrome, kit)
        case LastTryView() as view:
            return arrange_last_try(view, chrome, kit)
        case PasswordView() as view:
            return arrange_password(view, chrome, kit)
        case PasswordStopView() as view:
            return arrange_password_stop(view, chrome, kit)
        case ReadOfferView() as view:
            return arrange_read_offer(view, chrome, kit)
        case TakeCardView() as view:
            return arrange_take_card(view, chrome, kit)
        case IdentityView() as view:
            return arrange_identity(view, chrome, kit)
        case IdentityWrongView() as view:
            return arrange_identity_wrong(view, chrome, kit)
        case ApplicantChoiceView() as view:
            return arrange_applicant_choice(view, chrome, kit)
        case LetterView() as view:
            return arrange_letter(view, chrome, kit)
        case NumberOfferView() as view:
            return arrange_number_offer(view, chrome, kit)
        case ScanView() as view:
            return arrange_scan(view, chrome, kit)
        case CornersView() as view:
            return arrange_corners(view, chrome, kit)
        case CoveringView() as view:
            return arrange_covering(view, chrome, kit)
        case LookingOverView() as view:
            return arrange_looking_over(view, chrome, kit)
        case PageCheckView() as view:
            return arrange_page_check(view, chrome, kit)
        case PageLookView() as view:
            return arrange_page_look(view, chrome, kit)
        case PapersView() as view:
            return arrange_papers(view, chrome, kit)
        case ReviewView() as view:
            return arrange_review(view, chrome, kit)
        case SubmittingView() as view:
            return arrange_submitting(view, chrome, kit)
        case DoneView() as view:
            return arrange_done(view, chrome, kit)
        case TroubleView() as view:
            return arrange_trouble(view, chrome, kit)
        case CardTroubleView() as view:
            return arrange_card_trouble(view, chrome, kit)
        case WipingView() as view:
            return arrange_wiping(view, chrome, kit)
        case FarewellView() as view:
            return arrange_farewell(view, chrome, kit)
        case FateOpenView() as view:
            return arrange_fate_open(view, chrome, kit)
        case StartingView() as view:
            return arrange_starting(view, chrome, kit)
        case BlankView():
            return Shape(kit.look.panel.glass, Tone.GROUND)
        case _:
            assert_never(scene.view)
