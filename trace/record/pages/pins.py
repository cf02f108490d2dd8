"""`/trace/<serial>/pin/`: the digits under the scratch field are checked, slowly for those who guess."""

import unicodedata

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from lib.guessing import Guesses
from record.codes.pins import NoPin, PinLocked, WrongPin, check_pin
from record.codes.serials import InvalidSerial, parse_serial
from record.models import ScratchPin
from record.pages.answers import no_such_code
from record.pages.pin_answers import REFUSED, STATUS, Answer, PinAnswer
from record.pages.views import show_package
from record.scans import devices

# A visitor who tries many packages is stopped too: each alone would never reach its own limit.
GUESSES = Guesses("record.codes.pins", allowed=15, window=600)


@require_POST
def check(request: HttpRequest, text: str) -> HttpResponse:
    """Check the digits and show the record with the answer. Nothing is redirected: the answer is for once."""
    try:
        serial = parse_serial(text)
    except InvalidSerial:
        return no_such_code(request, text)
    token = devices.device_token(request) or devices.new_token()
    answer = _answer(request, serial, device=devices.device_mark(token=token, serial=serial))
    response = show_package(request, serial, pin=answer, status=STATUS.get(answer.kind, REFUSED))
    devices.remember_device(response, token, secure=request.is_secure())
    add_never_cache_headers(response)
    return response


def _answer(request: HttpRequest, serial: str, *, device: str) -> PinAnswer:
    now = timezone.now()
    visitor = GUESSES.mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if GUESSES.used_up(visitor):
        return PinAnswer(Answer.SLOW)
    typed = unicodedata.normalize("NFKC", request.POST.get("pin", "")).replace(" ", "").replace("-", "")
    kept = ScratchPin.objects.filter(code__serial=serial).values_list("length", flat=True).first()
    if kept is not None and not (typed.isascii() and typed.isdigit() and len(typed) == kept):
        return PinAnswer(Answer.LENGTH)
    try:
        right = check_pin(serial=serial, pin=typed, device=device, at=now)
    except NoPin:
        return PinAnswer(Answer.NONE)
    except PinLocked as locked:
        return PinAnswer(Answer.LATER if locked.until else Answer.LOCKED, at=locked.until)
    except WrongPin as wrong:
        GUESSES.note(visitor)
        return PinAnswer(Answer.WRONG, left=wrong.left)
    return PinAnswer(Answer.SEEN if right.again else Answer.RIGHT, at=right.first_at)
