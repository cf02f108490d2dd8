"""The page of a request: what is asked for, what there is, the answer, and the pick-up with its note."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.packaging.desk import Act, PackagingDesk
from brand.back_office.packaging.forms import ApproveForm, PickUpForm, RefuseForm
from brand.models import PackagingHolding, PackagingQuota, PackagingRequest
from brand.packaging.deciding import approve_request, refuse_request
from brand.packaging.leaving import pick_up
from brand.packaging.papers import note_pdf
from brand.packaging.papers.downloads import download
from brand.packaging.trail import trail_of

State = PackagingRequest.State
_MAY = "brand.change_packagingrequest"
_OPEN = {State.SUBMITTED: ["approve", "refuse"], State.APPROVED: ["pick_up"]}


class RequestDesk(PackagingDesk):
    """The page of a request."""

    template = "brand/admin/packaging/request.html"
    may_look = "brand.view_packagingrequest"
    may_act = _MAY
    acts = {
        "approve": Act(ApproveForm),
        "refuse": Act(RefuseForm),
        "pick_up": Act(PickUpForm),
    }

    def find(self, pk: int) -> None:
        """Read the request."""
        self.asked = _request(pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-packaging-requests:desk", args=[self.asked.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        return _OPEN.get(State(self.asked.state), [])

    def form_options(self, act: str) -> dict[str, Any]:
        """Give each form the request."""
        return {"request": self.asked}

    def approve(self, form: ApproveForm) -> str:
        """Grant it."""
        approve_request(
            request=self.asked,
            granted=form.granted(),
            reason=form.cleaned_data["reason"],
            by=self.by,
            at=self.now,
        )
        return _("Granted and set aside. The member was told until when to come.")

    def refuse(self, form: RefuseForm) -> str:
        """Refuse it."""
        refuse_request(request=self.asked, reason=form.cleaned_data["reason"], by=self.by, at=self.now)
        return _("Refused. The member was told why.")

    def pick_up(self, form: PickUpForm) -> str:
        """Hand it out."""
        done = pick_up(request=self.asked, collector=form.cleaned_data["collector"], by=self.by, at=self.now)
        return _("Handed out with note %(number)s. Print it and let it be signed.") % {
            "number": done.note_number
        }

    def context(self) -> dict[str, Any]:
        """Return the request, its lines beside stock and quota, and its trail."""
        return {
            "asked": self.asked,
            "lines": _lines(self.asked),
            "trail": trail_of(self.asked),
            "breadcrumbs_items": [
                {"url": reverse("brand-packaging-requests:index"), "label": gettext_lazy("Requests")},
                {"url": "", "label": self.asked.number},
            ],
            "header_title": gettext_lazy("Packaging request"),
            "page_title": gettext_lazy("Packaging request"),
            "page_subtitle": f"{self.asked.number} · {self.asked.member}",
            "header_icon": "mail",
        }


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the receipt note of what was picked up."""
    if not request.user.has_perm("brand.view_packagingrequest"):
        raise PermissionDenied
    asked = _request(pk, state=State.PICKED_UP)
    back = reverse("brand-packaging-requests:desk", args=[pk])
    return download(request, lambda: note_pdf(asked), name=f"{asked.note_number}.pdf", back=back)


def _request(pk: int, **facts: Any) -> PackagingRequest:
    requests = PackagingRequest.objects.select_related("member", "licence__region", "asked_by", "decided_by")
    return get_object_or_404(requests, pk=pk, **facts)


def _lines(asked: PackagingRequest) -> list[dict[str, Any]]:
    """Return the lines with what is free, what the quota leaves and what the member still has. 3 queries."""
    lines = list(asked.lines.select_related("item__stock"))
    items = [line.item_id for line in lines]
    quotas = {
        quota.item_id: quota
        for quota in PackagingQuota.objects.filter(licence=asked.licence_id, item__in=items)
    }
    held = dict(
        PackagingHolding.objects.filter(member=asked.member_id, item__in=items).values_list(
            "item_id", "remaining"
        )
    )
    return [
        {"line": line, "quota": quotas.get(line.item_id), "held": held.get(line.item_id, 0)} for line in lines
    ]
