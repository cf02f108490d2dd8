"""The page of a packaging item: what lies on the shelf, who holds how much, and every act at the store."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.back_office.packaging.desk import Act, PackagingDesk
from brand.back_office.packaging.forms import HandOutForm, ReceiveForm, TakeBackForm, WriteOffForm
from brand.models import PackagingItem, PackagingQuota, VIVersion
from brand.packaging.leaving import hand_out
from brand.packaging.returning import take_back_at_once
from brand.packaging.shelf import receive, write_off

_SHOWN = 20
_MAY = "brand.add_packagingmovement"


class ItemDesk(PackagingDesk):
    """The page of an item."""

    template = "brand/admin/packaging/item.html"
    may_look = "brand.view_packagingitem"
    may_act = _MAY
    acts = {
        "receive": Act(ReceiveForm),
        "hand_out": Act(HandOutForm),
        "take_back": Act(TakeBackForm),
        "write_off": Act(WriteOffForm),
    }

    def find(self, pk: int) -> None:
        """Read the item with its stock."""
        items = PackagingItem.objects.select_related(
            "region", "stock", "product", "artwork__asset", "successor"
        )
        self.item = get_object_or_404(items, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-packaging-items:desk", args=[self.item.pk])

    def form_options(self, act: str) -> dict[str, Any]:
        """Give each form the item."""
        return {"item": self.item}

    def receive(self, form: ReceiveForm) -> str:
        """Put a delivery on the shelf."""
        line = receive(item=self.item, by=self.by, at=self.now, **form.cleaned_data)
        return _("%(number)s: %(count)d came in, %(stock)d are there now.") % _words(line)

    def write_off(self, form: WriteOffForm) -> str:
        """Take spoiled goods off the shelf."""
        line = write_off(item=self.item, by=self.by, at=self.now, **form.cleaned_data)
        return _("%(number)s: %(count)d written off, %(stock)d are there now.") % _words(line)

    def hand_out(self, form: HandOutForm) -> str:
        """Hand out over the counter."""
        facts = form.cleaned_data
        wanted = {self.item: facts["quantity"]}
        licence, collector = facts["quota"].licence, facts["collector"]
        made = hand_out(licence=licence, quantities=wanted, collector=collector, by=self.by, at=self.now)
        return _("%(number)s: %(count)d handed out. Print the receipt note and let it be signed.") % {
            "number": made.note_number,
            "count": facts["quantity"],
        }

    def take_back(self, form: TakeBackForm) -> str:
        """Take back over the counter."""
        facts = dict(form.cleaned_data)
        member = facts.pop("holding").member
        back = take_back_at_once(member=member, item=self.item, by=self.by, at=self.now, **facts)
        return _("%(number)s: %(good)d back on the shelf, %(damaged)d spoiled.") % {
            "number": back.number,
            "good": back.good,
            "damaged": back.damaged,
        }

    def context(self) -> dict[str, Any]:
        """Return the item, its sums, its ledger and who holds it."""
        item = self.item
        return {
            "item": item,
            "stock": item.stock,
            "is_low": bool(item.low_level) and item.stock.remaining <= item.low_level,
            "newer": self._newer(),
            "ended": not item.may_leave(on=timezone.localdate()),
            "movements": item.movements.select_related("member", "licence", "by").order_by("-place")[:_SHOWN],
            "holdings": item.holdings.select_related("member").order_by("-remaining", "member__name"),
            "quotas": self._quotas(),
            "breadcrumbs_items": [
                {"url": reverse("brand-packaging-items:index"), "label": gettext_lazy("Packaging items")},
                {"url": "", "label": str(item)},
            ],
            "header_title": gettext_lazy("Packaging item"),
            "page_title": gettext_lazy("Packaging item"),
            "page_subtitle": str(item),
            "header_icon": "folder-open-1",
        }

    def _newer(self) -> VIVersion | None:
        """Return the version that replaced the artwork it was printed from, where the last day is not set."""
        printed = self.item.artwork
        if printed is None or printed.current or self.item.issue_until:
            return None
        return printed.asset.versions.filter(current=True, number__gt=printed.number).first()

    def _quotas(self) -> QuerySet[PackagingQuota]:
        return self.item.quotas.select_related("licence__member").order_by("licence__member__name", "pk")


def _words(line: Any) -> dict[str, Any]:
    return {"number": line.number, "count": line.quantity, "stock": line.after}
