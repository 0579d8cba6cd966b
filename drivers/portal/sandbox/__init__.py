"""The portal's stand-in, for the bench, the simulator and the tests: real HTTPS with client certificates, real SMTP,
a real page.

It behaves as the contract says and the manual describes, keeps everything in memory, and listens on this machine
only. A hand can make it fail in named ways. Its documents are samples (見本) and must never reach a real portal, so
they live here.
"""

from drivers.portal.sandbox.ledger import Handed, Received
from drivers.portal.sandbox.mailbox import Mail, Mailbox
from drivers.portal.sandbox.rules import Rules
from drivers.portal.sandbox.stand_in import Sandbox

__all__ = ["Handed", "Mail", "Mailbox", "Received", "Rules", "Sandbox"]
