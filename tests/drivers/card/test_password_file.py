"""A technician's password file: four digits that go into the vault, or a sentence without them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.card.vault import Vault
from kiosk.service.password_file import PasswordFileError, PasswordsFromFiles, read_digits
from kiosk.visit import Password


def written(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "password"
    file.write_bytes(content)
    file.chmod(mode)
    return file


@pytest.mark.parametrize("content", [b"0912", b"0912\n"])
def test_four_digits_and_at_most_a_line_s_end(tmp_path: Path, content: bytes) -> None:
    assert read_digits(written(tmp_path, content)) == b"0912"
    assert read_digits(written(tmp_path, content, 0o400)) == b"0912"


BAD: dict[str, bytes | Callable[[Path], None]] = {
    "missing": lambda file: None,
    "empty": b"",
    "three digits": b"917",
    "five digits": b"91763",
    "three and a line": b"917\n",
    "two lines": b"9176\n\n",
    "another line's end": b"9176\r\n",
    "a mark before it": b"\xef\xbb\xbf9176",
    "full-width digits": "９１７６".encode(),
    "binary": bytes(range(256)),
    "a folder": lambda file: file.mkdir(),
    "a pipe": os.mkfifo,
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_anything_else_is_one_sentence(tmp_path: Path, make: bytes | Callable[[Path], None]) -> None:
    file = tmp_path / "password"
    if isinstance(make, bytes):
        written(tmp_path, make)
    else:
        make(file)
    with pytest.raises(PasswordFileError) as error:
        read_digits(file)
    sentence = str(error.value)
    assert sentence.startswith(f"{file}: ")
    assert sentence.count("\n") == 0
    assert "917" not in sentence.removeprefix(str(file))
    assert error.value.__cause__ is None


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = written(tmp_path, b"")
    os.truncate(file, 1 << 40)
    with pytest.raises(PasswordFileError, match="exactly four digits"):
        read_digits(file)
    file.write_bytes(b"9176")
    os.truncate(file, 1 << 30)
    with pytest.raises(PasswordFileError, match="exactly four digits"):
        read_digits(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o610, 0o666])
def test_what_others_may_touch_is_refused_before_it_is_read(tmp_path: Path, mode: int) -> None:
    with pytest.raises(PasswordFileError, match=f"mode {mode:03o}"):
        read_digits(written(tmp_path, b"9176", mode))


def test_both_files_are_judged_before_either_is_entered_and_all_is_wiped(tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    good, bad = written(tmp_path, b"1234"), written(tmp_path / "second", b"567")
    vault = Vault()
    with pytest.raises(PasswordFileError, match="second"):
        PasswordsFromFiles({Password.AUTHENTICATION: good, Password.ATTRIBUTES: bad}, vault)
    bad.write_bytes(b"5678\n")
    with PasswordsFromFiles({Password.AUTHENTICATION: good, Password.ATTRIBUTES: bad}, vault) as passwords:
        held = list(passwords._digits.values())
        first = passwords.enter(Password.AUTHENTICATION)
        assert held == [bytearray(4), b"5678"]
        assert bytes(vault.take(first) or b"") == b"1234"
        second = passwords.enter(Password.ATTRIBUTES)
        assert first != second
    assert held == [bytearray(4), bytearray(4)]
    assert vault.take(second) is None
    assert "1234" not in repr(passwords)
