"""Takes a multipart body (RFC 7578) apart, as strictly as the contract writes it."""

import re
from email.message import Message

from drivers.portal import wire
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import Refusal
from kiosk.ports import Enclosure


def read_submission(content_type: str, body: bytes) -> tuple[wire.FormPart, tuple[Enclosure, ...]]:
    """The form and the files, in order. Refuses everything else."""
    match = re.fullmatch(r'multipart/form-data; *boundary="?([0-9A-Za-z\'()+_,./:=?-]{1,70})"?', content_type)
    if match is None:
        raise RefusedError(Refusal.REQUEST_INVALID)
    form: wire.FormPart | None = None
    files: list[Enclosure] = []
    for headers, content in _parts(match[1].encode(), body):
        name = headers.get_param("name", header="content-disposition")
        if name == "form" and form is None and headers.get_content_type() == wire.JSON:
            form = wire.decode(content, wire.FormPart)
        elif name == "file":
            files.append(Enclosure(headers.get_filename() or "", headers.get_content_type(), content))
        else:
            raise RefusedError(Refusal.REQUEST_INVALID)
    if form is None:
        raise RefusedError(Refusal.REQUEST_INVALID)
    return form, tuple(files)


def _parts(boundary: bytes, body: bytes) -> list[tuple[Message, bytes]]:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if pieces[0] or pieces[-1].strip() != b"--":
        raise RefusedError(Refusal.REQUEST_INVALID)
    return [_part(part) for part in pieces[1:-1]]


def _part(part: bytes) -> tuple[Message, bytes]:
    lines, found, content = part.partition(b"\r\n\r\n")
    if not found:
        raise RefusedError(Refusal.REQUEST_INVALID)
    headers = Message()
    for line in lines.decode("ascii", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        headers[name.strip()] = value.strip()
    return headers, content
