"""Files that a consultant sends in: how large, and how one is carried from step to step without being kept.

An uploaded survey may hold more than its figures, so until somebody saves the figures it is on no disk here: it
travels in the form, packed and signed.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO

import flask
from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

LARGEST_UPLOAD = 3_000_000  # bytes of a whole form; a file of 1 MB that cannot be packed still fits
TWO_HOURS = 2 * 60 * 60


class Request(flask.Request):
    """A request whose files stay in memory, where the default writes large ones to a temporary file."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


class Lapsed(Exception):
    """What the form carries is older than two hours, or not ours."""


def allow_upload() -> None:
    """Let this request be as large as an upload is."""
    request.max_content_length = LARGEST_UPLOAD
    request.max_form_memory_size = LARGEST_UPLOAD


def packed(file: str, text: str) -> str:
    """A file's name and text for a hidden field."""
    return str(_packer().dumps([file, text]))


def unpacked(token: str) -> tuple[str, str]:
    """Name and text of the carried file. Raises Lapsed."""
    try:
        file, text = _packer().loads(token, max_age=TWO_HOURS)
    except BadSignature as error:
        raise Lapsed from error
    return str(file), str(text)


def _packer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="upload")
