"""The page of an objection: what was said, its files, the answer."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.licensing.forms import AnswerForm
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.publicity.objections import NoAnswer, answer_objection
from brand.members.interests import ConflictOfInterest
from brand.models import Objection


class ObjectionDesk(ActDesk):
    """Answers an objection, once."""

    template = "brand/admin/licensing/objection.html"
    may_look, may_act = "brand.view_objection", "brand.change_objection"
    refusals = (AlreadyMoved, NoAnswer, ConflictOfInterest)
    acts = {
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer it"),
            gettext_lazy("The answer stands under the receipt number. It cannot be changed afterwards."),
            gettext_lazy("Send the answer"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the objection."""
        related = ("application__member", "application__applicant", "application__region", "answered_by")
        self.objection = get_object_or_404(Objection.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-objections:desk", args=[self.objection.pk])

    def possible(self) -> list[str]:
        """Return the answer while there is none."""
        return ["answer"] if self.objection.state == Objection.State.OPEN else []

    def first(self) -> str:
        """Return the answer."""
        return "answer"

    def answer(self, form: AnswerForm) -> str:
        """Answer it."""
        upheld = form.cleaned_data["upheld"] == "yes"
        answer = form.cleaned_data["answer"]
        answer_objection(objection=self.objection, upheld=upheld, answer=answer, by=self.by, at=self.now)
        return _("The objection is answered.")

    def context(self) -> dict[str, Any]:
        """Return the objection with its files."""
        return {
            "objection": self.objection,
            "files": self.objection.files.all(),
            "breadcrumbs_items": [
                {"url": reverse("brand-objections:index"), "label": gettext_lazy("Objections")},
                {"url": "", "label": self.objection.receipt},
            ],
            "header_title": gettext_lazy("Objection"),
            "page_title": gettext_lazy("Objection"),
            "page_subtitle": self.objection.receipt,
            "header_icon": "warning",
        }
