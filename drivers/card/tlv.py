"""Tags, lengths and values as this card writes them: BER, not DER (a length below 128 may still take three bytes)."""

from collections.abc import Iterator

from kiosk.failures import DriverError, Failure


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, beginning of the value and its length, of the element at `at`; the value may lie beyond `data`."""
    try:
        tag = data[at]
        at += 1
        if tag & 0x1F == 0x1F:  # the tag goes on while the highest bit of the next byte is set
            more = True
            while more:
                tag = tag << 8 | data[at]
                more = bool(data[at] & 0x80)
                at += 1
                if tag > 0xFFFFFFFF:
                    raise DriverError(Failure.CARD_MALFORMED)
        length = data[at]
        at += 1
        if length >= 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4:  # 80 is the indefinite form, which a file has no use for
                raise DriverError(Failure.CARD_MALFORMED)
            if at + count > len(data):
                raise DriverError(Failure.CARD_MALFORMED)
            length = int.from_bytes(data[at : at + count], "big")
            at += count
    except IndexError:
        raise DriverError(Failure.CARD_MALFORMED) from None
    return tag, at, length


def whole_length(data: bytes) -> int:
    """Bytes of the first element with its head; what follows it in a file is filling."""
    _, at, length = head(data, 0)
    return at + length


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each element; one that runs over the end is CARD_MALFORMED."""
    at = 0
    while at < len(data):
        tag, at, length = head(data, at)
        if at + length > len(data):
            raise DriverError(Failure.CARD_MALFORMED)
        yield tag, data[at : at + length]
        at += length
