"""The guards of the tests themselves: they must be able to fail."""

import socket
import subprocess
import threading

import pytest

from tests.guard import ClosedNetworkError, left_running, running


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as wire, pytest.raises(ClosedNetworkError, match=r"socket\.connect to '192\.0\.2\.1'"):
        wire.connect(("192.0.2.1", 443))
    with pytest.raises(ClosedNetworkError, match=r"example\.jp"):
        socket.getaddrinfo("example.jp", 443)


def test_this_machine_can() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_thread_left_running_is_told() -> None:
    before, release = running(), threading.Event()
    thread = threading.Thread(target=release.wait, name="forgotten")
    thread.start()
    assert left_running(before, patience=0.01) == ["forgotten"]
    release.set()
    assert left_running(before) == []


def test_a_process_left_running_is_told() -> None:
    before = running()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
        assert left_running(before) == [str(child.pid)]
    assert left_running(before) == []
