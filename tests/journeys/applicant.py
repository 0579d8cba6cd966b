"""Somebody who has registered, opened the link and logged in, in a process of their own before the sandbox portal.

The process is told four things on its command line (address, CA, certificate, key) and gets the card's key and
certificate on its standard input, once it has said `registered` and the link was opened.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport
from tests.drivers.portal.world import ADDRESS, ATTRIBUTES, CONTRACT, RECEIPT, World

ROOT = Path(__file__).parents[2]


def transport(words: list[str]) -> HttpsTransport:
    url, ca, certificate, key = words
    return HttpsTransport(url, Path(ca), ClientCertificate(Path(certificate), Path(key)))


def apply(client: PortalClient) -> None:
    """All up to the submission. In the process."""
    client.register(ADDRESS, client.terms().version)
    print("registered", flush=True)
    key = load_der_private_key(bytes.fromhex(sys.stdin.readline()), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate = bytes.fromhex(sys.stdin.readline())
    client.log_in(certificate, key.sign(client.challenge().challenge, ec.ECDSA(SHA384())))
    client.send_attributes(ATTRIBUTES)
    client.check_numbers(CONTRACT, RECEIPT)


@contextmanager
def applying(world: World, module: str, *words: str, url: str = "") -> Iterator["subprocess.Popen[str]"]:
    """The process, which then does as `module` says. Started from the root, as a visit is. In the test."""
    box = world.sandbox
    door = [url or box.url, str(box.ca_file), str(box.terminal_certificate), str(box.terminal_key)]
    card = world.card.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    command = [sys.executable, "-m", module, *words, *door]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "registered\n"
        box.open_link(box.mailbox.mails()[-1])
        process.stdin.write(f"{card.hex()}\n{world.card.der.hex()}\n")
        process.stdin.flush()
        yield process
