"""Damaged records, certificates and answers of cards, from a source of chance: near enough to good ones to get far."""

from random import Random
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card import samples
from drivers.card.profile import MY_NUMBER_CARD, TOKEN_LENGTH
from tests.drivers.card.desk import HOLDER, credentials

_LENGTHS: Final = (0, 1, 2, 7, 8, 9, 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0x1000, 0xFFFF, 0xFFFFFFFF)
_TAGS: Final = (0xFF20, 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0x30, 0x04, 0x1F81, 0x00, 0xFFFF)
_STATUSES: Final = (
    0x9000, 0x9000, 0x9000, 0x9000, 0x9000, 0x63C3, 0x63C2, 0x63C1, 0x63C0, 0x6300, 0x6282, 0x6981, 0x6982, 0x6983,
    0x6984, 0x6986, 0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6C00, 0x6C20, 0x6CFF, 0x6100, 0x6101, 0x61FF, 0x6700, 0x6D00,
    0x6E00, 0x6F00, 0x0000, 0xFFFF,
)  # fmt: skip
_RECORD: Final = samples.attribute_record(HOLDER)


def record(chance: Random) -> bytes:
    """Of the attributes: written anew with elements astray, or bytes of a good one damaged, or no record at all."""
    kind = chance.randrange(10)
    if kind == 0:
        return chance.randbytes(chance.randrange(400))
    if kind < 4:
        return damaged(_RECORD, chance)
    values = [HOLDER.name.encode(), HOLDER.address.encode(), HOLDER.birth.encode(), HOLDER.sex.encode()]
    inner = [_element(0xDF22 + at, value, chance) for at, value in enumerate(values)]
    if chance.randrange(2):
        inner.insert(
            chance.randrange(5), _element(chance.choice(_TAGS), chance.randbytes(chance.randrange(12)), chance)
        )
    if not chance.randrange(4):
        chance.shuffle(inner)
    if not chance.randrange(8):
        del inner[chance.randrange(len(inner))]
    whole = _element(0xFF20, b"".join(inner), chance) + bytes(chance.randrange(3))
    return whole if chance.randrange(4) else damaged(whole, chance)


def _element(tag: int, value: bytes, chance: Random) -> bytes:
    """Mostly right; the length in any form."""
    if not chance.randrange(20):
        tag = chance.choice(_TAGS)
    if not chance.randrange(12):
        value = _value(value, chance)
    length = len(value) if chance.randrange(20) else chance.choice(_LENGTHS)
    form = chance.randrange(5) if length < 0x80 else chance.randrange(1 + (length > 0xFF), 5)
    form = max(form, (length.bit_length() + 7) // 8) if length >= 0x80 else form
    written = bytes([0x80 | form]) + length.to_bytes(form, "big") if form else bytes([length])
    return tag.to_bytes(2 if tag > 0xFF else 1, "big") + written + value


def _value(value: bytes, chance: Random) -> bytes:
    return chance.choice(
        (b"", b" ", bytes(len(value)), value + value, value[:-1], chance.randbytes(chance.randrange(20)), b"\xff" * 8)
    )


def damaged(good: bytes, chance: Random) -> bytes:
    """A few bytes changed, left out, doubled; cut off."""
    raw = bytearray(good)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(raw)) if raw else 0
        match chance.randrange(6):
            case 0:
                raw[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                raw[at : at + 1] = bytes([(raw[at] if raw else 0) ^ 1 << chance.randrange(8)])
            case 2:
                del raw[at : at + chance.randrange(1, 5)]
            case 3:
                raw[at:at] = raw[at : at + chance.randrange(1, 9)]
            case 4:
                raw[at : at + 2] = chance.choice(_LENGTHS[:-1]).to_bytes(2, "big")
            case _:
                raw = raw[: chance.randrange(len(raw) + 1)]
    return bytes(raw)


def sound_certificate() -> bytes:
    """In DER."""
    good = credentials().certificate
    assert good is not None
    return good.public_bytes(Encoding.DER)


def certificate(chance: Random) -> bytes:
    """A good one mostly; damaged in its heads, where it is read, rather than in its key and signature."""
    der = sound_certificate()
    match chance.randrange(4):
        case 0:
            return damaged(der[:600], chance) + der[600:]
        case 1:
            return damaged(der, chance)
        case _:
            return der


def answer(command: bytes, chance: Random) -> bytes:
    """To this command: what a card would say, or something else, or a good answer with another status."""
    kind = chance.randrange(12)
    if kind == 0:
        return chance.randbytes(chance.randrange(1, 300))
    status = chance.choice(_STATUSES).to_bytes(2, "big")
    if kind == 1:
        return chance.randbytes(chance.choice((0, 1, 2, 16, 255, 256, 2048))) + status
    if kind == 2:
        return _expected(command, chance)[:-2] + status
    if kind == 3:
        return damaged(_expected(command, chance), chance)
    return _expected(command, chance)


def _expected(command: bytes, chance: Random) -> bytes:
    ins, p1 = command[1], command[2]
    if ins == 0x20:
        return b"\x63\xc3" if len(command) == 4 else chance.choice((b"\x90\x00", b"\x63\xc2"))
    if ins not in {0xB0, 0xC0}:
        return (chance.randbytes(256) if ins == 0x2A else b"") + b"\x90\x00"
    token = MY_NUMBER_CARD.token.ljust(TOKEN_LENGTH)
    content = {0x86: token, 0x82: record(chance), 0x8A: certificate(chance).ljust(2048, b"\xff")}.get(p1)
    if content is None:
        content = chance.choice((token, record(chance), certificate(chance)))[p1 << 8 | command[3] :]
    return content[: 65536 if len(command) > 5 else command[4] or 256] + b"\x90\x00"
