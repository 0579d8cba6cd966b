"""OpenSC as another client of the same card: it reads the certificate, and signs with the first password."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

_PINNED = "app default {\n    card_drivers = jpki;\n}\n"  # so it need not look for the kind of card first
_KEY = "01"  # its number for the key of user authentication, and of its certificate
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OpenSc:
    """Its own tools. `pinned`: told beforehand which kind of card lies there."""

    folder: Path
    pinned: bool

    @property
    def name(self) -> str:
        """With its version."""
        said = subprocess.run(["opensc-tool", "--info"], capture_output=True, text=True, check=True).stdout
        return f"{' '.join(said.split()[:2])}, {'driver pinned' if self.pinned else 'default'}"

    def read_certificate(self) -> bytes:
        """In PEM."""
        return self._run("pkcs15-tool", "--read-certificate", _KEY)

    def sign(self, challenge: bytes, digits: str) -> bytes:
        """A signature over the challenge (PKCS #1 v1.5, SHA-256), in the shortest way that it has."""
        words = ["--sign", "--sha-256", "--pkcs1", "--raw", "--key", _KEY, "--pin", digits]
        return self._signed(sha256(challenge).digest(), "pkcs15-crypt", *words, "--input", "--output")

    def sign_as_a_token(self, challenge: bytes, digits: str) -> bytes:
        """The same through PKCS #11, as browsers and most programs do it."""
        words = ["--module", "opensc-pkcs11.so", "--login", "--pin", digits, "--sign", "--id", _KEY]
        words += ["--mechanism", "SHA256-RSA-PKCS"]
        return self._signed(challenge, "pkcs11-tool", *words, "--input-file", "--output-file")

    def _signed(self, asked: bytes, *words: str) -> bytes:
        """The last two words are the tool's own for its input and output."""
        source, target = self.folder / "asked", self.folder / "signature"
        source.write_bytes(asked)
        self._run(*words[:-1], str(source), words[-1], str(target))
        return target.read_bytes()

    def _run(self, *words: str) -> bytes:
        environment = {**os.environ, "HOME": str(self.folder)}
        if self.pinned:
            settings = self.folder / "opensc.conf"
            settings.write_text(_PINNED, encoding="ascii")
            environment["OPENSC_CONF"] = str(settings)
        done = subprocess.run(words, env=environment, capture_output=True, timeout=_SECONDS, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout


def both(folder: Path) -> tuple[OpenSc, OpenSc]:
    """As it is installed, and with its driver pinned; skipped where it is not there."""
    if not all(map(shutil.which, ("opensc-tool", "pkcs15-tool", "pkcs15-crypt", "pkcs11-tool"))):
        pytest.skip("OpenSC is not here: .ci/setup test installs it")
    return OpenSc(folder, pinned=False), OpenSc(folder, pinned=True)
