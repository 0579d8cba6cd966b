"""The one call of the PC/SC resource manager that carries a password, from the caller's own buffer.

pyscard would take the command as a list and copy it into memory of its own, and free both as they are: the digits of a
VERIFY stood in the process when the caller had long wiped its buffer. The library itself writes what it is given
straight to pcscd. A library is loaded once in a process, so handles that pyscard got are good here.
"""

import ctypes
from functools import cache
from typing import Final

_LIBRARY: Final = "libpcsclite.so.1"
_LONGEST: Final = 65548  # bytes of an answer, as pcscd has them at most


class _Protocol(ctypes.Structure):
    _fields_ = (("number", ctypes.c_ulong), ("size", ctypes.c_ulong))


def transmit(handle: int, protocol: int, command: bytearray) -> tuple[int, bytes]:
    """One APDU each way over a connection: the resource manager's number, and the answer. `command` is not empty."""
    room = bytearray(_LONGEST)
    length = ctypes.c_ulong(_LONGEST)
    code: int = _library().SCardTransmit(
        ctypes.c_long(handle),
        ctypes.byref(_Protocol(protocol, ctypes.sizeof(_Protocol))),
        ctypes.byref(ctypes.c_char.from_buffer(command)),
        ctypes.c_ulong(len(command)),
        None,
        ctypes.byref(ctypes.c_char.from_buffer(room)),
        ctypes.byref(length),
    )
    answer = bytes(memoryview(room)[: length.value]) if code == 0 else b""
    room[: length.value] = bytes(length.value)
    return code, answer


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(_LIBRARY)
    library.SCardTransmit.restype = ctypes.c_long
    return library
