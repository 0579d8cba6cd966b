"""Hands of one visit at a bench that may have seen others: what came before it does not count."""

from pathlib import Path

from drivers.bench.remote import RemoteBench


class OwnHands(RemoteBench):
    """Mails and submissions are counted from when these hands came."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        before = self.state()
        self._mails: int = before["mails"]
        self._submissions = len(before["submissions"])

    def open_mail(self, number: int = 1) -> str:
        """See `RemoteBench`."""
        return super().open_mail(self._mails + number)

    def received(self) -> list[str]:
        """The numbers of what the portal has received since."""
        numbers: list[str] = self.state()["submissions"]
        return numbers[self._submissions :]
