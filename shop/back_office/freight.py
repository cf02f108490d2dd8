"""Freight templates in the back office: weights above, a table of zones below, both saved together."""

from typing import Any

from django import forms
from django.db import transaction
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from shop.divisions.areas import UnknownArea, codes_of, names_of
from shop.freight.models import FreightTemplate, FreightZone

_BLANK_ROWS = 2


class ZoneForm(forms.ModelForm):
    """One row: places by their names, then the prices or why nothing goes there."""

    places = forms.CharField(
        label=gettext_lazy("provinces, cities, districts"),
        required=False,
        widget=forms.Textarea({"rows": 1}),
        help_text=gettext_lazy("Empty: everywhere else"),
    )

    class Meta:
        model = FreightZone
        fields = ("delivered", "first_charge", "further_charge", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["places"])
        self.fields["places"].initial = names_of(self.instance.areas)

    def clean_places(self) -> list[str]:
        """Return the areas that were named."""
        try:
            return codes_of(self.cleaned_data["places"])
        except UnknownArea as refused:
            raise forms.ValidationError(
                _("%(name)s: no such place, or several have this name. Write its code instead.")
                % {"name": refused.name}
            ) from refused

    def clean(self) -> dict[str, Any]:
        """Ask why nothing goes there."""
        facts: dict[str, Any] = super().clean() or {}
        if not facts.get("delivered") and not facts.get("note"):
            self.add_error("note", _("Say why nothing is delivered there: buyers read it."))
        self.instance.areas = facts.get("places") or []
        return facts


class ZoneSet(BaseInlineFormSet):
    """All rows of a template."""

    def clean(self) -> None:
        """Refuse an area that two rows name, and a second row for everywhere else."""
        seen: set[str] = set()
        for row in self.forms:
            left_blank = not row.has_changed() and not row.instance.pk
            if left_blank or row.cleaned_data.get("DELETE"):
                continue
            for area in row.cleaned_data.get("places") or [""]:
                if area in seen:
                    name = names_of([area]) if area else _("everywhere else")
                    raise forms.ValidationError(_("%(name)s stands in two rows.") % {"name": name})
                seen.add(area)


Zones = inlineformset_factory(
    FreightTemplate, FreightZone, form=ZoneForm, formset=ZoneSet, extra=_BLANK_ROWS, can_delete=True
)


class WithZones:
    """Shows the table of zones below the form and saves both or neither."""

    template_name = "shop/admin/freight.html"
    request: HttpRequest
    zones: Any = None

    def is_valid(self, form: Any) -> bool:
        """Check the table too before anything is saved."""
        self.zones = Zones(self.request.POST, instance=self._template())
        rows_are = self.zones.is_valid()
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        if not rows_are:
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return bool(rows_are)

    def save_instance(self) -> FreightTemplate:
        """Save the template and its zones."""
        with transaction.atomic():
            saved: FreightTemplate = super().save_instance()  # type: ignore[misc]
            self.zones.instance = saved
            self.zones.save()
        return saved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["zones"] = self.zones or Zones(instance=self._template())
        return context

    def _template(self) -> FreightTemplate:
        return getattr(self, "object", None) or FreightTemplate()


class CreateFreight(WithZones, TellsCreated):
    """Adds a template."""


class EditFreight(WithZones, TellsChanged):
    """Changes a template."""


class FreightList(ListView):
    """Lists templates."""

    along = ("region", "partner")


class FreightViewSet(ModelViewSet):
    """Freight templates."""

    model = FreightTemplate
    name = "freight"
    menu_label = gettext_lazy("Freight")
    icon = "site"
    index_view_class = FreightList
    add_view_class = CreateFreight
    edit_view_class = EditFreight
    delete_view_class = TellsDeleted
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = (
        "name",
        Column("region", label=gettext_lazy("county")),
        Column("partner", label=gettext_lazy("seller")),
        Column("first_grams", label=gettext_lazy("first weight, in grams")),
    )
    list_filter = ("region",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("region"), FieldPanel("partner")]),
            FieldRowPanel(
                [FieldPanel("first_grams"), FieldPanel("further_grams"), FieldPanel("unweighed_grams")]
            ),
        ]
    )
