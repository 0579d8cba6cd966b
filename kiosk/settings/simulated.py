"""What `--simulate` says in place of a technician. The only place with 見本 values; no real terminal reads it."""

from pathlib import Path

from kiosk.settings.documents import Document

SAMPLE = "見本"
"""The word that marks what must never reach a real portal or a real visitor."""

SUGGESTED = Document(
    Path("--simulate"),
    {
        "terminal": {"state_dir": ""},
        "notice": {
            "operator": "見本 共済機構",
            "hall": "見本 商工会議所",
            "contact": "見本 受付係 電話 000-000-0000",
            "purpose": "見本 共済契約の添付資料を再提出するため。",
        },
    },
)
"""Holds unless a technician's file says otherwise."""

SETTLED = Document(
    Path("--simulate"),
    {
        "card": {"driver": "simulator"},
        "camera": {"driver": "simulator"},
        "front_panel": {"driver": "simulator"},
        "portal": {"driver": "https", "url": "", "ca_file": "", "certificate_file": "", "key_file": ""},
        "clock": {"trust": "always"},
    },
)
"""Holds whatever the files say: nothing simulated may reach a real device or a real portal. The portal's address and
authority are known only when the sandbox has started; whoever wires the terminal fills them in."""
