"""What passes as a mail address: enough to catch slips of the finger, no more.

Old addresses of Japanese carriers have two dots in a row or a dot before the @ (``a..b@docomo.ne.jp``,
``a.@ezweb.ne.jp``), against RFC 5321, and they work; so the local part is only bounded in length and characters.
Whether mail arrives is shown by the mail itself.
"""

LONGEST = 254
_LOCAL_LONGEST = 64
_LABEL_LONGEST = 63
_LETTERS_DIGITS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_LOCAL = _LETTERS_DIGITS | frozenset("!#$%&'*+-/=?^_`{|}~.")
_LABEL = _LETTERS_DIGITS | frozenset("-")


def type_address(text: str, key: str) -> str:
    """The address after a key. A key that brings a whole domain (``@docomo.ne.jp``) replaces one that stands there."""
    if len(key) > 1 and key.startswith("@"):
        text = text.split("@", 1)[0]
    elif key == "@" and "@" in text:
        return text
    typed = text + key
    allowed = all(character in _LOCAL or character == "@" for character in key)
    return typed if allowed and len(typed) <= LONGEST else text


def is_address(text: str) -> bool:
    """One @, a local part, and a domain of at least two labels."""
    local, at, domain = text.partition("@")
    if not at or not 0 < len(local) <= _LOCAL_LONGEST or not _LOCAL.issuperset(local) or len(text) > LONGEST:
        return False
    labels = domain.split(".")
    return len(labels) >= 2 and all(_is_label(label) for label in labels) and not labels[-1].isdigit()


def parting(first: str, again: str) -> int:
    """Index of the first character in which two addresses differ."""
    for index, (one, other) in enumerate(zip(first, again, strict=False)):
        if one != other:
            return index
    return min(len(first), len(again))


def _is_label(label: str) -> bool:
    return 0 < len(label) <= _LABEL_LONGEST and _LABEL.issuperset(label) and label[0] != "-" and label[-1] != "-"
