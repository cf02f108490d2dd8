"""`/trace/field/`: the page, what it sends in (as a form, or as JSON from its outbox), and its worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from record.events.work import SentBefore, WorkRefused
from record.field.choices import Choices, Ground, choices, members_of
from record.field.form import FieldForm
from record.field.submit import Submitted, submit
from record.field.words import words
from record.models import EventTemplate

_RIGHT = "record.add_event"
_WORKER = Path(__file__).parent.parent / "static" / "record" / "field" / "worker.js"


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def field(request: HttpRequest) -> HttpResponseBase:
    """Show the form, or take in what it sends."""
    if not request.user.is_authenticated:
        if _wants_json(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        return redirect_to_login(request.get_full_path())
    if not request.user.has_perm(_RIGHT):
        if _wants_json(request):
            reasons = [_("Your account may not record events.")]
            return JsonResponse({"state": "refused", "reasons": reasons}, status=422)
        return render(request, "record/field/not_allowed.html", status=403)
    return _take_in(request, request.user) if request.method == "POST" else _show(request)


def _take_in(request: HttpRequest, user: User) -> HttpResponse:
    form = FieldForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            return _refused(request, form)
        done = submit(form=form, user=user, at=timezone.now())
    except WorkRefused as error:
        for sentence in error.sentences:
            form.add_error(None, sentence)
        return _refused(request, form)
    except SentBefore:
        form.add_error(None, _("This form was sent before. Look at what it says now and send it again."))
        form.renew_key()
        return _refused(request, form)
    if _wants_json(request):
        return JsonResponse(_told(done), status=201 if done.is_new else 200)
    messages.success(request, _message(done))
    return HttpResponseRedirect(f"{reverse('trace-field')}?base={done.events[0].batch.base_id}")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker. It lies below the page because it may only serve what lies below itself."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "max-age=0, must-revalidate"
    return response


def _show(request: HttpRequest) -> HttpResponse:
    offered = choices()
    template = offered.template(request.GET.get("template"))
    initial = _initial(request, offered.ground(request.GET.get("base")), template)
    return _page(request, FieldForm(initial=initial), offered, status=200)


def _refused(request: HttpRequest, form: FieldForm) -> HttpResponse:
    """Say why, and keep what was entered; nothing was recorded."""
    if _wants_json(request):
        return JsonResponse({"state": "refused", "reasons": list(_reasons(form))}, status=422)
    return _page(request, form, choices(), status=400)


def _page(request: HttpRequest, form: FieldForm, offered: Choices, *, status: int) -> HttpResponse:
    chosen = set(map(str, form["batches"].value() or ()))
    ground = offered.ground(request.GET.get("base")) if not chosen else offered.ground_of(chosen)
    form.offer(members_of(batch for each in offered.grounds for batch in each.batches))
    context = {
        "form": form,
        "choices": offered,
        "ground": ground,
        "chosen": chosen,
        "words": words(),
        "user_key": request.user.pk,
    }
    return render(request, "record/field/page.html", context, status=status)


def _initial(request: HttpRequest, ground: Ground | None, template: EventTemplate | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"key": uuid4(), "actor": str(request.user), "batches": []}
    if ground:
        members = members_of(ground.batches)
        initial["responsible"] = members[0].pk if len(members) == 1 else None
        initial["place"] = ground.base.name
    if template:
        names = ("stage", "step", "title", "inputs", "outputs", "note")
        initial |= {name: getattr(template, name) for name in names}
    return initial


def _reasons(form: FieldForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            yield f"{label}: {error}" if label else str(error)


def _told(done: Submitted) -> dict[str, Any]:
    events = [{"lot": event.batch.lot, "sequence": event.sequence} for event in done.events]
    return {"state": "recorded", "events": events, "message": _message(done)}


def _message(done: Submitted) -> str:
    count = len(done.events)
    said = ngettext("Recorded for %(count)d batch.", "Recorded for %(count)d batches.", count)
    return said % {"count": count}


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
