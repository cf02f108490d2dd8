"""The kinds of the hall in the back office: a tree that is moved by naming what lies above."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.slugs import SluggedForm
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.catalogue.models import Category
from shop.catalogue.moving import save_category


class KindForm(SluggedForm):
    """A kind and what lies above it."""

    above = forms.ModelChoiceField(
        label=_("lies below"), queryset=Category.objects.all(), required=False, empty_label=_("on top")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["above"].initial = self.instance.get_parent()

    def clean(self) -> dict[str, Any]:
        """Refuse to put a kind below itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        above = cleaned.get("above")
        if above and self.instance.pk and above.path.startswith(self.instance.path):
            self.add_error("above", _("A kind cannot lie below itself."))
        return cleaned

    def save(self, commit: bool = True) -> Category:
        """Save and move."""
        return save_category(category=self.instance, above=self.cleaned_data["above"])


class KindList(ListView):
    """Lists kinds in the order of the tree."""

    default_ordering = "path"


class KindViewSet(ModelViewSet):
    """Kinds: what articles are filed under, the same for all counties."""

    model = Category
    name = "shop-kinds"
    menu_label = _("Kinds")
    icon = "list-ul"
    index_view_class, add_view_class, edit_view_class = KindList, Creates, Changes
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_display = (
        "name",
        Column("full_name", label=_("place in the tree")),
        BooleanColumn("is_public", label=_("shown")),
    )
    search_fields = ["name", "slug"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("above"), FieldPanel("is_public")]),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=KindForm).bind_to_model(self.model)
