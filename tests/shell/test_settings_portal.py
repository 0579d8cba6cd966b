"""What the settings may say about the portal."""

import pytest

from kiosk.settings import SettingsError
from tests.shell.test_settings import SAID, Etc, etc, said_without

__all__ = ["etc"]


@pytest.mark.parametrize(
    "url",
    [
        "http://portal.example.jp",
        "https://",
        "https://a:b@portal.example.jp",
        "https://[",
        "https://a..jp",
        "https://a.jp:99999",
        "portal",
    ],
)
def test_the_portal_is_reached_over_https_only(etc: Etc, url: str) -> None:
    text = SAID.replace("https://portal.example.jp/terminal/v1", url)
    assert etc.refusal(text, simulate=False) == (
        "portal.url: must begin with https:// and name a host, without a user's name."
    )


def test_a_certificate_needs_its_key(etc: Etc) -> None:
    assert etc.refusal(said_without("key_file"), simulate=False) == (
        "portal.certificate_file: needs the other of portal.certificate_file and portal.key_file beside it."
    )


@pytest.mark.parametrize(
    ("left_out", "key", "what"),
    [
        ("ca_file", "ca_file", "which authority has signed the portal's certificate"),
        (("certificate_file", "key_file"), "certificate_file", "by which certificate the portal knows this terminal"),
    ],
)
def test_a_real_terminal_believes_nobody_by_default(
    etc: Etc, left_out: str | tuple[str, ...], key: str, what: str
) -> None:
    etc.write(said_without(left_out), "kiosk.toml")
    with pytest.raises(SettingsError) as caught:
        etc.load(simulate=False)
    assert (caught.value.file, caught.value.key) == (etc.folder / "kiosk.toml", f"portal.{key}")
    assert caught.value.reason == f"must say {what}; a terminal that does not simulate has no default for it."


def test_files_of_the_portal_are_named_in_full(etc: Etc) -> None:
    assert etc.refusal(SAID.replace("/etc/kiosk/portal-ca.pem", "portal-ca.pem"), simulate=False) == (
        "portal.ca_file: must be a full path that begins with /."
    )


@pytest.mark.parametrize("key", ["read_seconds", "total_seconds"])
def test_the_portal_may_be_silent_for_as_long_as_it_keeps_news_back(etc: Etc, key: str) -> None:
    assert etc.refusal(f"[portal]\n{key} = 10").startswith(f"portal.{key}: must be 12 at least")
    etc.write(f"[portal]\n{key} = 12")
    etc.load()
