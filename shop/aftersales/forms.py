"""Forms of a claim, as buyers and sellers fill them in on a phone."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from record.events.uploads import FilesInput, PhotosField, Picture
from shop.aftersales.gifts import gifts_by_quantity, gifts_due, worth
from shop.aftersales.making import KEEPS_TOO_MUCH, MOST_PHOTOS, Asked, code_in_parcel, most_money
from shop.aftersales.models import Claim
from shop.aftersales.windows import Way
from shop.order.models import Line

BACK, KEPT = "back", "kept"


class ClaimForm(forms.Form):
    """What is wrong, with how many of it, in words and photos."""

    reason = forms.ChoiceField(label=_("what is wrong"), widget=forms.RadioSelect)
    quantity = forms.IntegerField(label=_("how many"), min_value=1)
    amount = forms.DecimalField(
        label=_("money back, in yuan"),
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text=_("Leave it empty for what you paid for them."),
    )
    gifts = forms.ChoiceField(
        label=_("the gift"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(BACK, _("I send it back too")), (KEPT, _("I keep it, its value is taken off"))],
    )
    serial = forms.ChoiceField(label=_("which package"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("in words"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What you found when you opened it."),
    )
    photos = PhotosField(
        label=_("photos"),
        required=False,
        widget=FilesInput({"accept": "image/*"}),
        help_text=_(
            "Up to six: the goods, the code on the package, the label on the box."
            " Only the seller and the office see them; where a phone took them is erased."
        ),
    )

    def __init__(
        self, *args: Any, line: Line, way: Way, left: int, serials: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.line, self.way, self.left = line, way, left
        self._narrow(left, serials)

    def _narrow(self, left: int, serials: list[str]) -> None:
        """Ask only for what this way of this line leaves open."""
        fields: dict[str, Any] = self.fields
        fields["reason"].choices = [(reason.value, reason.label) for reason in self.way.reasons]
        if len(self.way.reasons) == 1:
            fields["reason"].initial = self.way.reasons[0].value
            fields["reason"].widget = forms.HiddenInput()
        fields["quantity"].max_value = left
        fields["quantity"].widget.attrs |= {"max": left, "inputmode": "numeric"}
        fields["quantity"].initial = left if left == 1 else None
        fields["serial"].choices = [(serial, serial) for serial in serials]
        if not serials:
            del fields["serial"]
        if self.way.kind == Claim.Kind.EXCHANGE:
            del fields["amount"]
        self.gift_changes = gifts_by_quantity(self.line, left) if self.way.kind == Claim.Kind.RETURN else []
        if not self.gift_changes:
            del fields["gifts"]

    def clean_photos(self) -> list[Picture]:
        """Take no more than are looked at.

        Raises:
            ValidationError: too many.
        """
        photos: list[Picture] = self.cleaned_data["photos"]
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(_("%(most)d photos at most.") % {"most": MOST_PHOTOS})
        return photos

    def clean(self) -> dict[str, Any]:
        """Say below the field how much can come back at most."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        quantity, amount = cleaned.get("quantity"), cleaned.get("amount")
        if not quantity or quantity > self.left:
            return cleaned  # how many can be asked for is said by `make_claim`
        dues = gifts_due(self.line, quantity) if self.gift_changes else []
        if dues and not cleaned.get("gifts"):
            self.add_error("gifts", _("Say what becomes of the gift."))
        most = most_money(self.line, quantity) - worth(dues if cleaned.get("gifts") == KEPT else [])
        if dues and most <= 0:
            self.add_error("gifts", KEEPS_TOO_MUCH)
        elif amount and amount > most:
            self.add_error("amount", _("You can ask for ¥%(most)s at most.") % {"most": most})
        return cleaned

    def asked(self) -> Asked:
        """Return what was filled in."""
        facts = self.cleaned_data
        serial = facts.get("serial") or ""
        return Asked(
            kind=self.way.kind,
            reason=facts["reason"],
            quantity=facts["quantity"],
            words=facts["words"],
            amount=facts.get("amount"),
            code=code_in_parcel(self.line, serial) if serial else None,
            keeps_gifts=facts.get("gifts") == KEPT if "gifts" in facts else None,
        )


class SentBackForm(forms.Form):
    """By which waybill it goes back."""

    carrier = forms.CharField(label=_("carrier"), max_length=40, required=False)
    waybill = forms.CharField(
        label=_("waybill number"),
        max_length=40,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """A reason, in words."""

    words = forms.CharField(label=_("in words"), max_length=500, widget=forms.Textarea({"rows": 3}))


class AgreeForm(forms.Form):
    """What a seller grants: where to send it back, freight on top, a word to the buyer."""

    return_to = forms.CharField(
        label=_("send back to"), max_length=200, help_text=_("Name, number to call, full address.")
    )
    freight = forms.DecimalField(
        label=_("of the freight give back, in yuan"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=0,
    )
    note = forms.CharField(
        label=_("a word to the buyer"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, goes_back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["freight" if goes_back else "return_to"]


class CameBackForm(forms.Form):
    """What the seller found in the box that came back."""

    good = forms.TypedChoiceField(
        label=_("can it be sold again"),
        choices=[("yes", _("yes, unopened")), ("no", _("no, write it off"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    freight = forms.DecimalField(
        label=_("of the freight give back, in yuan"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=0,
    )
    note = forms.CharField(
        label=_("a word to the buyer"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
