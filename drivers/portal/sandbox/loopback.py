"""An HTTP server on 127.0.0.1 that can be cut off from the world and stops without leaving anything behind."""

import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, TCPServer
from threading import Event, Lock, Thread
from typing import Any

from drivers.portal.connection import hang_up

MOST_CONNECTIONS = 64
_RETRY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)


class LoopbackServer(ThreadingHTTPServer):
    """One thread a connection, all of them joined by `stop`. With `context` it speaks TLS, shaken by the connection's
    thread. Port 0 is any that is free.

    While `cut_off` is true every connection is closed at once, before anything is said; the port stays ours. So is the
    one above `most` at a time.
    """

    daemon_threads = False

    def __init__(
        self,
        handler: Callable[[Any, Any, Any], BaseRequestHandler],
        context: ssl.SSLContext | None = None,
        port: int = 0,
        most: int = MOST_CONNECTIONS,
    ) -> None:
        super().__init__(("127.0.0.1", port), handler)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.cut_off = False
        self._most = most
        self._lock = Lock()
        self._connections: set[socket.socket] = set()
        self._stopping = Event()
        self._thread = Thread(target=self._accept, name="loopback")

    def start(self) -> None:
        """Serve from a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Close everything and wait for every thread."""
        self._stopping.set()
        hang_up(self.socket)  # wakes the thread up, without polling
        self._thread.join()
        self.drop_connections()
        self.server_close()

    def drop_connections(self) -> None:
        """Break every connection that is open now."""
        with self._lock:
            for connection in self._connections:
                hang_up(connection)

    def _accept(self) -> None:
        while not self._stopping.is_set():
            self.handle_request()

    def get_request(self) -> tuple[socket.socket, Any]:
        """The next connection. Where there are no descriptors for it, a breath later: it waits still."""
        try:
            return super().get_request()
        except OSError:
            self._stopping.wait(_RETRY_SECONDS)
            raise

    def server_bind(self) -> None:
        """Without asking the resolver for the machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002  the signature is socketserver's
        """Whether to talk at all."""
        with self._lock:
            welcome = not self.cut_off and len(self._connections) < self._most
            if welcome:
                self._connections.add(request)
            return welcome

    def shutdown_request(self, request: Any) -> None:
        """The connection is over."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are this server's daily bread; anything else is told as socketserver does."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class QuietHandler(BaseHTTPRequestHandler):
    """Writes no log, names no versions, sends bounded answers with their length."""

    protocol_version = "HTTP/1.1"
    server_version = "portal-sandbox"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True  # head and content are two writes

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is http.server's
        """Nothing."""

    def serve(self) -> None:
        """Answer one request, whatever its method."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Hand over to `serve`."""
        self.serve()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815  the names are http.server's

    def reply(self, reply: Reply, headers: tuple[tuple[str, str], ...] = ()) -> None:
        """Send it."""
        self.send_response(reply.status)
        for name, value in headers:
            self.send_header(name, value)
        if reply.media_type:
            self.send_header("Content-Type", reply.media_type)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)
