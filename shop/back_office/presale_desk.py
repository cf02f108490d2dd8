"""The page of a pre-sale in the back office: everything that is done with it after it was entered."""

from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brand.acts.models import acts_on
from brand.back_office.act_desk import Act, ActDesk
from shop.back_office.presale_forms import DelayForm, ReasonForm, TermsForm
from shop.presale.booking import terms_in_force
from shop.presale.cancelling import cancel_presale
from shop.presale.delaying import delay
from shop.presale.figures import figures
from shop.presale.harvesting import open_balances
from shop.presale.models import Presale
from shop.presale.opening import open_presale, what_is_missing
from shop.presale.states import PresaleRefused
from shop.presale.terms import drafted, publish_terms
from shop.presale.words import steps

State = Presale.State


class PresaleDesk(ActDesk):
    """Everything that is done with one pre-sale after it was entered."""

    template = "shop/admin/presale.html"
    may_look, may_act = "fengtu_shop.view_presale", "fengtu_shop.change_presale"
    refusals = (PresaleRefused,)
    acts: ClassVar[dict[str, Act]] = {
        "terms": Act(
            TermsForm,
            gettext_lazy("Write the terms"),
            gettext_lazy("A new edition is for who books from now on; earlier bookings keep theirs."),
            gettext_lazy("Put in force"),
        ),
        "open": Act(
            forms.Form,
            gettext_lazy("Open it for booking"),
            gettext_lazy("It stands in the hall and can be booked in its time."),
            gettext_lazy("Open it for booking"),
        ),
        "harvest": Act(
            forms.Form,
            gettext_lazy("The harvest is in"),
            gettext_lazy(
                "Every booking gets its pieces, and the balances fall due."
                " Enter the harvest in the stock first."
            ),
            gettext_lazy("Let the balances fall due"),
        ),
        "delay": Act(
            DelayForm,
            gettext_lazy("It comes later"),
            gettext_lazy("Every buyer is told and may take the whole deposit back by one click."),
            gettext_lazy("Tell everybody"),
        ),
        "cancel": Act(
            ReasonForm,
            gettext_lazy("It does not come"),
            gettext_lazy("Nobody books any more, and everybody gets everything back. It cannot be undone."),
            gettext_lazy("Cancel it and refund everybody"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the pre-sale."""
        related = ("region", "base", "crop", "article__brand_product", "batch")
        self.presale = get_object_or_404(Presale.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-presales:desk", args=[self.presale.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        return {
            State.DRAFT: ["terms", "open", "cancel"],
            State.OPEN: ["harvest", "delay", "terms", "cancel"],
            State.HARVEST: ["cancel"],
        }.get(State(self.presale.state), [])

    def first(self) -> str:
        """Return the terms while there are none."""
        if self.presale.state == State.DRAFT:
            return "open" if terms_in_force(self.presale) else "terms"
        return ""

    def form_options(self, act: str) -> dict[str, Any]:
        """Begin with the terms in force, or with what the facts say."""
        if act == "terms":
            newest = terms_in_force(self.presale)
            return {"initial": {"text": newest.text if newest else drafted(self.presale)}}
        if act == "delay":
            return {"initial": {"now_from": self.presale.harvest_from, "now_to": self.presale.harvest_to}}
        return {}

    def terms(self, form: forms.Form) -> str:
        """Put the terms in force."""
        text = form.cleaned_data["text"].replace("\r\n", "\n").strip()
        edition = publish_terms(presale=self.presale, text=text, at=self.now, by=self.by)
        return _("Edition %(number)d is in force.") % {"number": edition.number}

    def open(self, form: forms.Form) -> str:
        """Open it for booking."""
        open_presale(presale=self.presale, at=self.now, by=self.by)
        return _("It can be booked in its time.")

    def harvest(self, form: forms.Form) -> str:
        """Let the balances fall due."""
        count = open_balances(presale=self.presale, at=self.now, by=self.by)
        text = ngettext("%(count)d buyer is told.", "%(count)d buyers are told.", count)
        return text % {"count": count}

    def delay(self, form: forms.Form) -> str:
        """Tell everybody."""
        delay(presale=self.presale, **form.cleaned_data, at=self.now, by=self.by)
        return _("Everybody is told and may step back.")

    def cancel(self, form: forms.Form) -> str:
        """Cancel it and refund everybody."""
        reason = form.cleaned_data["reason"]
        count = cancel_presale(presale=self.presale, reason=reason, at=self.now, by=self.by)
        text = ngettext(
            "Cancelled; %(count)d order is refunded.", "Cancelled; %(count)d orders are refunded.", count
        )
        return text % {"count": count}

    def context(self) -> dict[str, Any]:
        """Return the pre-sale with its bookings and what is in its way."""
        presale = self.presale
        missing = list(what_is_missing(presale, at=timezone.now())) if presale.state == State.DRAFT else []
        return {
            "presale": presale,
            "missing": missing,
            "figures": figures(presale),
            "bookings": presale.bookings.select_related("order", "terms")[:200],
            "editions": presale.terms.all(),
            "delays": presale.delays.all(),
            "steps": steps(acts_on(presale)),
            "breadcrumbs_items": [
                {"url": reverse("shop-presales:index"), "label": gettext_lazy("Pre-sales")},
                {"url": "", "label": presale.title},
            ],
            "header_title": gettext_lazy("Pre-sale"),
            "page_title": gettext_lazy("Pre-sale"),
            "page_subtitle": presale.title,
            "header_icon": "date",
        }
