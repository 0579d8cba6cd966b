"""Bytes as people read them: megabytes of a million bytes."""


def megabytes(size: int) -> str:
    """One decimal, never less than what is there: 2.1; whole numbers without one: 10."""
    tenths = -(-size // 100_000)
    return f"{tenths // 10}" if tenths % 10 == 0 and tenths else f"{tenths // 10}.{tenths % 10}"
