"""`kiosk check`: a technician looks at one device."""

import json
from contextlib import ExitStack

from drivers.bench.bench import Bench
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.vault import Vault
from kiosk.command_line import CheckCard
from kiosk.service.check_card import check_card
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.wiring import embedded, open_desk, real_devices


def check_the_card(command: CheckCard) -> int:
    """Exit code 1 where something hinders a visit."""
    settings = load(command.simulate, command.config, for_visitors=False)
    clock = SystemClock(settings.clock.trust)
    with ExitStack() as end:
        bench = end.enter_context(Bench(clock.now)) if command.simulate else None
        if bench is not None:
            bench.lay_card(1)
        devices = real_devices(settings) if bench is None else embedded(bench)
        desk = open_desk(settings, devices.slot(), clock, RefusalTimesInMemory(), Vault())
        end.callback(desk.close)
        report = check_card(desk)
    print(json.dumps(report.document(), ensure_ascii=False) if command.as_json else "\n".join(report.lines()))
    return report.exit_code
