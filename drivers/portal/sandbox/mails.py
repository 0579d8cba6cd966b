"""The portal's two mails, with the manual's sender, subjects and sentences, handed over by SMTP.

A mail that is not taken: without the first nobody can go on, so the one who asked is told. The second takes nothing
back, because what it tells has happened: it waits here and goes out later.
"""

import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

SENDER_NAME = "独立行政法人中小企業基盤整備機構"
SENDER = "kyousai-online@smrj.go.jp"
CONFIRM_SUBJECT = "【小規模企業共済契約者様向けサービス】メール認証URLのご案内"
RECEIVED_SUBJECT = "【中小機構】オンライン申請受付完了のお知らせ"

_CONFIRM = """\
ご利用いただきまして誠にありがとうございます。

下記の URL へ「24 時間以内」にアクセスしメール認証を完了させて下さい。

{url}
"""

_RULE = "=" * 40

_RECEIVED = """\
オンライン申請の受付が完了いたしましたので下記申込番号をお伝えします。
申請内容について担当よりご連絡を差し上げることもありますのでよろしくお願いいたします。

{rule}
申込番号:{number}
{rule}

独立行政法人中小企業基盤整備機構の共済制度に係るオンライン申請を行われた方へ配信しています。
このメールへの返信はできませんのでご了承ください。
もし、心当たりがない場合は、以下へお問い合わせください。

独立行政法人中小企業基盤整備機構
"""


class Post:
    """Hands mails to the SMTP server at this port of this machine. One caller at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._late: list[tuple[str, str]] = []  # address and number

    def send_confirmation(self, address: str, url: str) -> None:
        """メール認証URLのご案内. Raises OSError where it is not taken."""
        self._send(address, CONFIRM_SUBJECT, _CONFIRM.format(url=url))

    def send_received(self, address: str, number: str) -> None:
        """オンライン申請受付完了のお知らせ. Now, or with `send_late`."""
        self._late.append((address, number))
        self.send_late()

    def send_late(self) -> None:
        """What has been waiting, as far as it is taken."""
        while self._late:
            address, number = self._late[0]
            try:
                self._send(address, RECEIVED_SUBJECT, _RECEIVED.format(number=number, rule=_RULE))
            except OSError:  # smtplib's are such
                return
            del self._late[0]

    def _send(self, address: str, subject: str, text: str) -> None:
        message = EmailMessage()
        message["From"] = Address(SENDER_NAME, addr_spec=SENDER)
        message["Subject"] = subject
        message["Message-ID"] = make_msgid(domain="smrj.go.jp")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, cte="base64")
        # The receiver stands in the envelope and in no header: some addresses that do work would be no valid header.
        with smtplib.SMTP("127.0.0.1", self._port, local_hostname="localhost", timeout=10) as server:
            server.send_message(message, from_addr=SENDER, to_addrs=[address])
