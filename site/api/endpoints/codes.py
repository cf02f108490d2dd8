"""Codes: one checked by its serial by anybody, those of a member listed and activated by its programs."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api.callers import limit as limit_calls
from api.callers import limit_guessing, note_miss
from api.endpoints.checking import code_answer
from api.endpoints.finding import own_batch
from api.gate import Token, token_of
from api.models import Scope
from api.once import once
from api.paging import cut, next_page, whole_number
from api.problems import Problem
from api.schemas.checks import ActivationIn, ActivationOut, CodeOut, SerialOut, SerialsOut
from api.schemas.problem import PROBLEMS, ProblemOut
from record.codes.activation import activate_codes
from record.codes.refusals import CodesRefused
from record.codes.serials import InvalidSerial, parse_serial
from record.models import Code
from record.pages.wording import sentence

router = Router(tags=["codes"])
activations = Router(tags=["codes"], auth=Token(Scope.CODES))
CHECKS_A_MINUTE = 60


@router.get(
    "",
    auth=Token(Scope.CODES),
    response={200: SerialsOut, PROBLEMS: ProblemOut},
    url_name="codes",
)
def list_codes(
    request: HttpRequest,
    response: HttpResponse,
    *,
    gtin: str = "",
    lot: str = "",
    state: str = "",
    after: str = "0",
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> SerialsOut:
    """List the codes of the token's member in the order they were issued."""
    wanted = {"product__gtin": gtin.zfill(14) if gtin else "", "batch__lot": lot.upper(), "state": state}
    found = Code.objects.filter(product__member=token_of(request).member_id, pk__gt=whole_number(after))
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    codes, more = cut(found.select_related("product", "batch").order_by("pk")[: limit + 1], limit)
    following = next_page(request, response, codes[-1].pk) if more else None
    response["Cache-Control"] = "no-store"
    return SerialsOut(items=[_serial(code) for code in codes], next=following)


@router.get("/{serial}", response={200: CodeOut, PROBLEMS: ProblemOut}, url_name="code")
def check_code(request: HttpRequest, response: HttpResponse, serial: str) -> CodeOut:
    """Say what may be believed of the package with exactly this serial. Asking is no scan."""
    limit_calls(request, "code", most=CHECKS_A_MINUTE)
    limit_guessing(request)
    response["Cache-Control"] = "no-store"
    try:
        answer = code_answer(parse_serial(serial), at=timezone.now())
    except InvalidSerial as error:
        raise Problem(404, "no_such_code", sentence(error)) from error
    if answer is None:
        note_miss(request)
        raise Problem(404, "no_such_code", _("We never issued this code."))
    return answer


@activations.post(
    "/{gtin}/{lot}/activations",
    response={200: ActivationOut, PROBLEMS: ProblemOut},
    url_name="activate-codes",
)
def post_activation(request: HttpRequest, gtin: str, lot: str, body: ActivationIn) -> HttpResponse:
    """Activate codes of a batch of the token's member, all of them or none."""

    def act() -> tuple[int, ActivationOut]:
        batch = own_batch(request, gtin, lot)
        try:
            serials = _listed(body)
            count = activate_codes(batch=batch, serials=serials, at=timezone.now())
        except InvalidSerial as error:
            raise Problem(422, "not_a_serial", sentence(error)) from error
        except CodesRefused as error:
            detail = _("The codes cannot be activated.")
            raise Problem(422, "codes_refused", detail, errors=error.reasons) from error
        return 200, ActivationOut(gtin=batch.product.gtin or "", lot=batch.lot, activated=count)

    return once(request, act)


def _listed(body: ActivationIn) -> list[str] | None:
    """Return the serials that were listed, None for all; one of the two must be meant."""
    if body.all == bool(body.serials):
        raise Problem(422, "which_codes", _("Send either “serials” or “all”: true."))
    return None if body.all else [parse_serial(serial) for serial in body.serials or []]


def _serial(code: Code) -> SerialOut:
    return SerialOut(
        serial=code.serial,
        state=code.state,
        gtin=code.product.gtin,
        lot=code.batch.lot if code.batch else None,
        issued_at=code.issued_at,
        activated_at=code.activated_at,
        scan_count=code.scan_count,
    )
