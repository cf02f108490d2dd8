"""The page of an announced return: counted at the store, the good ones apart from the damaged."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.packaging.desk import Act, PackagingDesk
from brand.back_office.packaging.forms import AnswerReturnForm
from brand.models import PackagingReturn
from brand.packaging.returning import take_back


class ReturnDesk(PackagingDesk):
    """The page of a return."""

    template = "brand/admin/packaging/return.html"
    may_look = "brand.view_packagingreturn"
    may_act = "brand.change_packagingreturn"
    acts = {"take_back": Act(AnswerReturnForm)}

    def find(self, pk: int) -> None:
        """Read the return."""
        returns = PackagingReturn.objects.select_related("member", "item", "announced_by", "taken_by")
        self.back = get_object_or_404(returns, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-packaging-returns:desk", args=[self.back.pk])

    def possible(self) -> list[str]:
        """Return the one act while it waits."""
        return ["take_back"] if self.back.state == PackagingReturn.State.ANNOUNCED else []

    def form_options(self, act: str) -> dict[str, Any]:
        """Give the form the return."""
        return {"back": self.back}

    def take_back(self, form: AnswerReturnForm) -> str:
        """Take it back."""
        back = take_back(back=self.back, by=self.by, at=self.now, **form.cleaned_data)
        return _("%(number)s: %(good)d back on the shelf, %(damaged)d spoiled.") % {
            "number": back.number,
            "good": back.good,
            "damaged": back.damaged,
        }

    def context(self) -> dict[str, Any]:
        """Return the return."""
        return {
            "back": self.back,
            "breadcrumbs_items": [
                {"url": reverse("brand-packaging-returns:index"), "label": gettext_lazy("Returns")},
                {"url": "", "label": str(self.back.item)},
            ],
            "header_title": gettext_lazy("Packaging return"),
            "page_title": gettext_lazy("Packaging return"),
            "page_subtitle": f"{self.back.member} · {self.back.item}",
            "header_icon": "undo",
        }
