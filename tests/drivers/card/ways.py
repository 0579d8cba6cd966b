"""The two ways that a story of this folder goes: in memory, and through a real pcscd."""

from enum import Enum


class Way(Enum):
    """How a desk's slot reaches the simulated reader."""

    IN_MEMORY = "in memory"
    THROUGH_PCSCD = "through pcscd"

    @property
    def stride(self) -> int:
        """Of many like cases, every how many-th goes this way."""
        return 1 if self is Way.IN_MEMORY else 2

    @property
    def words_are_few(self) -> bool:
        """Whether every fault but a lost reader looks like a card that was taken: the virtual reader has no other."""
        return self is Way.THROUGH_PCSCD
