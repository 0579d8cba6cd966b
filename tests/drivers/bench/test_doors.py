"""The bench's doors where there are too many clients, or no descriptors for one more."""

import os
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from drivers.bench.door import Door
from drivers.portal.sandbox.loopback import MOST_CONNECTIONS, LoopbackServer, QuietHandler, Reply
from tests.drivers.bench.world import Standing, soon

_A_WHILE = 0.5


@contextmanager
def no_descriptors() -> Iterator[None]:
    """This process gets none meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def greet(connection: socket.socket) -> None:
    connection.sendall(b"welcome")


class Greeting(QuietHandler):
    def serve(self) -> None:
        self.reply(Reply(204))


def waits_without_descriptors(client: socket.socket, address: str | tuple[str, int]) -> None:
    """It comes while there are none, and is not let in; nobody turns in a circle for it."""
    with no_descriptors():
        client.connect(address)
        spent = time.process_time()
        time.sleep(_A_WHILE)
        assert time.process_time() - spent < _A_WHILE / 2


def test_who_comes_while_there_are_no_descriptors_is_let_in_later(tmp_path: Path) -> None:
    door = Door(tmp_path / "door", greet)
    door.start()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(10)
        waits_without_descriptors(client, str(tmp_path / "door"))
        assert client.recv(99) == b"welcome"
    door.stop()


def test_so_is_who_comes_by_http() -> None:
    server = LoopbackServer(Greeting)
    server.start()
    with socket.socket() as client:
        client.settimeout(10)
        waits_without_descriptors(client, ("127.0.0.1", server.server_port))
        client.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert client.recv(99).startswith(b"HTTP/1.1 204")
    server.stop()


def test_a_door_that_is_closed_while_there_are_no_descriptors_ends(tmp_path: Path) -> None:
    door = Door(tmp_path / "door", greet)
    door.start()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client, no_descriptors():
        client.connect(str(tmp_path / "door"))
        door.stop()


def test_the_page_has_room_for_so_many_connections_and_again_when_one_has_gone(paged: Standing) -> None:
    port = int(paged.page.rstrip("/").rpartition(":")[2])

    def answers() -> bool:
        try:
            return requests.get(paged.page + "state", timeout=20).status_code == 200
        except requests.ConnectionError:
            return False

    with ExitStack() as idle:
        for _ in range(MOST_CONNECTIONS):
            idle.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert soon(lambda: not answers())
    assert soon(answers)
