"""How a problem looks, for the description of the API."""

from typing import Any

from ninja import Schema

PROBLEMS = frozenset({400, 401, 403, 404, 405, 413, 422, 429, 503})


class ProblemOut(Schema):
    """Problem details (RFC 9457). `code` is for programs, the sentences are in the caller's language."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[Any] = []
