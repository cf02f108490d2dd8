"""Licences: one checked by its number, by anybody."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from api.callers import limit, limit_guessing, note_miss
from api.endpoints.checking import licence_answer
from api.problems import Problem
from api.schemas.checks import LicenceOut
from api.schemas.problem import PROBLEMS, ProblemOut
from association.licences.queries import UnknownLicence, check_licence

router = Router(tags=["licences"])
CHECKS_A_MINUTE = 60


@router.get("/{number}", response={200: LicenceOut, PROBLEMS: ProblemOut}, url_name="licence")
def read_licence(request: HttpRequest, response: HttpResponse, number: str) -> LicenceOut:
    """Say whether the licence with exactly this number allows the brand today."""
    limit(request, "licence", most=CHECKS_A_MINUTE)
    limit_guessing(request)
    response["Cache-Control"] = "no-store"
    try:
        return licence_answer(check_licence(number, on=timezone.localdate()))
    except UnknownLicence as error:
        note_miss(request)
        raise Problem(404, "no_such_licence", _("No licence has that number.")) from error
