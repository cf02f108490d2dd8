"""The certificates of a class in the back office: issued to all who meet the rules; the others are listed."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from training.certificates.of_class import candidates_of, issue_for_class
from training.classes.looking_after import classes_of
from training.classes.training_class import TrainingClass


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who gets one and who lacks what; posted, issue them."""
    if not request.user.has_perm("training.change_trainingclass"):
        raise PermissionDenied
    rows = classes_of(request.user).select_related("activity", "course")
    held: TrainingClass = get_object_or_404(rows, pk=pk)
    if held.course is None or not held.course.certificate:
        raise Http404
    if request.method == "POST":
        return _issue(request, held)
    people = candidates_of(held)
    context = {
        "class": held,
        "people": people,
        "due": sum(each.is_due for each in people),
        "header_title": gettext_lazy("Certificates"),
        "page_title": gettext_lazy("Certificates"),
        "page_subtitle": held.course.title,
        "header_icon": "form",
        "breadcrumbs_items": [
            {"url": reverse("training-classes:index"), "label": pgettext_lazy("training", "Classes")},
            {"url": reverse("training-classes:desk", args=[held.pk]), "label": held.activity.title},
            {"url": "", "label": gettext_lazy("Certificates")},
        ],
    }
    return render(request, "training/admin/classes/certificates.html", context)


def _issue(request: HttpRequest, held: TrainingClass) -> HttpResponse:
    count = issue_for_class(training_class=held, by=cast("User", request.user), at=timezone.now())
    said = ngettext("%(count)d certificate is issued.", "%(count)d certificates are issued.", count)
    if count:
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Nobody meets all rules who has no certificate yet."))
    return HttpResponseRedirect(reverse("training-classes:certificates", args=[held.pk]))
