"""The map of `transitions.py` as a Mermaid flow chart, made from the code so that it cannot be out of date."""

from kiosk.flow.transitions import ANSWERS, MAP, Node
from kiosk.states import Asking, Question, Stage, Trouble

_STEPS = {
    "0 待受": ("Attract", "OutOfService"),
    "1 登録": ("Preparation", "NoticeShown", "CodeEntry", "AddressEntry", "AddressAgain", "AddressDiffers",
              "Consent", "DocumentReading", "MailExplained", "AwaitingMail", "MailTrouble", "Postponed"),
    "2 カード": ("AwaitingCard", "CardTrouble", "CardReady", "LastTryQuestion", "PasswordEntry", "PasswordStop",
               "ReadOffer", "TakingCard"),
    "3 確認": ("Identity", "IdentityWrong"),
    "4 書類": ("ApplicantChoice", "ContractEntry", "ReceiptEntry", "LetterReading", "NumberOffer", "FieldEntry",
             "Scanning", "PhotoRefused", "CornersSet", "PageCheck", "Covering", "Papers", "PageLook", "LookingOver",
             "CoverCheck"),
    "5 提出": ("Review", "Submitting", "Settling", "Done", "FateOpen", "Wiping", "Farewell", "Ended"),
}  # fmt: skip


def diagram() -> str:
    """Stages are boxes, requests on their way are rounded; `Trouble` is left out, every request may lead to it."""
    lines = ["flowchart TD"]
    for title, names in _STEPS.items():
        lines += [f'  subgraph "{title}"', *(f"    {name}" for name in names), "  end"]
    lines += [f"  {_id(question)}([{question.value}])" for question in Question]
    for origin, targets in _rows():
        shown = [_id(target) for target in targets if target is not Trouble]
        if shown:
            lines.append(f"  {_id(origin)} --> {' & '.join(dict.fromkeys(shown))}")
    return "\n".join(lines)


def nodes_of_steps() -> frozenset[str]:
    """The stages that the diagram puts into a step."""
    return frozenset(name for names in _STEPS.values() for name in names)


def _rows() -> list[tuple[Node, tuple[Node, ...]]]:
    rows: list[tuple[Node, tuple[Node, ...]]] = [(stage, targets) for stage, (_, targets) in MAP.items()]
    rows += [(question, targets) for question, (_, targets) in ANSWERS.items()]
    return [(origin, targets) for origin, targets in rows if origin not in (Asking, Trouble) and targets]


def _id(node: Node) -> str:
    return f"ask_{node.value}" if isinstance(node, Question) else _name(node)


def _name(stage: type[Stage]) -> str:
    return stage.__name__
