"""What is done with one row of the page of a class: a check-in judged, a photo shown; and its papers."""

from io import BytesIO
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from brand.activities.refusals import SignUpRefused
from brand.acts.models import record_act
from training.classes.adding_photos import remove_photo, show_photo
from training.classes.checking_in import judge
from training.classes.looking_after import looks_after
from training.classes.papers.sheet import sign_in_sheet
from training.classes.papers.workbook import write_workbook
from training.classes.training_class import TrainingClass
from training.models import CheckIn, ClassPhoto, Meeting

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def judge_check_in(request: HttpRequest, pk: int, check_in: int, what: str) -> HttpResponse:
    """Say of one check-in that it counts, or strike it out."""
    if what not in ("confirm", "strike"):
        raise Http404
    if request.method == "POST":
        _admit(request, "training.change_checkin", pk)
        rows = CheckIn.objects.filter(meeting__training_class=pk).select_related("sign_up__activity")
        found, by, now = get_object_or_404(rows, pk=check_in), cast("User", request.user), timezone.now()
        name = {"name": found.sign_up.name}
        try:
            judge(check_in=found, counts=what == "confirm", by=by, at=now)
        except SignUpRefused as refused:
            messages.error(request, f"{found.sign_up.name}: {refused}")
        else:
            words = _("%(name)s was there.") if what == "confirm" else _("%(name)s is struck out.")
            messages.success(request, words % name)
    return _back(pk)


def act_on_photo(request: HttpRequest, pk: int, photo: int, what: str) -> HttpResponse:
    """Show one photo on the site, take it off, or delete it."""
    if what not in ("show", "hide", "remove"):
        raise Http404
    if request.method == "POST":
        _admit(request, "training.change_classphoto", pk)
        rows = ClassPhoto.objects.filter(training_class=pk).select_related("training_class__activity__region")
        found, by, now = get_object_or_404(rows, pk=photo), cast("User", request.user), timezone.now()
        if what == "remove":
            remove_photo(photo=found, by=by, at=now)
            messages.success(request, _("The photo is deleted."))
        else:
            show_photo(photo=found, shown=what == "show", by=by, at=now)
    return _back(pk)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out who came as a workbook; that it was taken is written down, because it names people."""
    _admit(request, "training.view_checkin", pk)
    held = get_object_or_404(TrainingClass.objects.select_related("activity"), pk=pk)
    out = BytesIO()
    write_workbook(held, out)
    record_act(held, "list_taken", by=cast("User", request.user), at=timezone.now())
    return _file(out.getvalue(), _XLSX, f"{held.activity.slug}.xlsx")


@require_safe
def sheet(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """Hand out the sign-in sheet of a meeting: to be signed, or with the times people came."""
    _admit(request, "training.view_checkin", pk)
    rows = Meeting.objects.filter(training_class=pk).select_related(
        "training_class__activity__region", "booking__room"
    )
    found, now = get_object_or_404(rows, pk=meeting), timezone.now()
    record_act(found.training_class, "list_taken", by=cast("User", request.user), at=now)
    name = f"{found.training_class.activity.slug}-{found.starts_at:%Y%m%d}.pdf"
    return _file(sign_in_sheet(found, came="came" in request.GET), "application/pdf", name)


def _admit(request: HttpRequest, right: str, training_class: int) -> None:
    if not request.user.has_perm(right):
        raise PermissionDenied
    if not looks_after(request.user, training_class):
        raise Http404


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("training-classes:desk", args=[pk]))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
