"""Whose sample paper it is."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Owner:
    """Name and numbers that stand on a paper; by default those of the sample visitor 見本 ツル."""

    name: str = field(default="見本 ツル", repr=False)
    receipt: str = field(default="S0201-20240229101500-00731", repr=False)
    contract: str = field(default="9034567-29", repr=False)
    my_number: str = field(default="123456789018", repr=False)
    """Twelve digits that count up, and the check digit that follows from them: nobody's."""
