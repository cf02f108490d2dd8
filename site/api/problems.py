"""What went wrong, in one shape: problem details (RFC 9457) in the language of the caller."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A request cannot be answered as asked.

    `code` is for programs, `detail` and `errors` are sentences for people.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str | Promise,
        *,
        errors: Iterable[Any] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = list(errors)
        self.headers = headers or {}


def problem_response(problem: Problem) -> HttpResponse:
    """Return the answer; nobody keeps it."""
    facts: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": str(problem.detail),
    }
    if problem.errors:
        facts["errors"] = [error if isinstance(error, dict) else str(error) for error in problem.errors]
    headers = {"Cache-Control": "no-store", **problem.headers}
    content = json.dumps(facts, ensure_ascii=False)
    return HttpResponse(content, status=problem.status, content_type=CONTENT_TYPE, headers=headers)
