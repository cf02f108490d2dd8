"""Rules and standards in the back office: each with its editions below it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.slugs import TitledForm
from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from brand.editions.standing import history
from brand.models import Rule, Standard

_EDITIONS = _("The date decides which one is in force. Older ones stay, so that everybody can look them up.")
_DATES = FieldRowPanel([FieldPanel("label"), FieldPanel("in_force_from"), FieldPanel("withdrawn_on")])


class InForce(Column):
    """The edition in force today."""

    def get_value(self, instance: Rule | Standard) -> str:
        """Return its label and since when, or what is there instead."""
        found = history(instance.editions.all(), on=timezone.localdate())
        if found.current:
            edition = found.current.edition
            return f"{edition.label} · {edition.in_force_from:%Y-%m-%d}"
        return str(_("not yet in force") if found.coming else _("none in force"))


class ListTexts(ListView):
    """Lists texts with the edition in force."""

    def get_base_queryset(self) -> QuerySet[Rule] | QuerySet[Standard]:
        """Read the editions along."""
        texts: QuerySet[Rule] | QuerySet[Standard] = super().get_base_queryset()
        return texts.select_related("region").prefetch_related("editions")


class _TextViewSet(ModelViewSet):
    index_view_class = ListTexts
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    copy_view_enabled = False
    search_backend_name = None

    def get_edit_handler(self) -> Any:
        """Make the address from the title."""
        return ObjectList(self.panels, base_form_class=TitledForm).bind_to_model(self.model)


class RuleViewSet(_TextViewSet):
    """Rules of the brand."""

    model = Rule
    name = "brand-rules"
    icon = "doc-full"
    menu_label = _("Rules")
    list_display = ["title", InForce("in_force", label=_("in force")), "region", "is_public"]
    list_filter = ["region", "is_public"]
    search_fields = ["title", "slug", "about"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("position")]),
                FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
                FieldPanel("about"),
                FieldRowPanel([FieldPanel("issued_by"), FieldPanel("is_public")]),
            ],
            heading=pgettext_lazy("brand", "rule"),
        ),
        InlinePanel(
            "editions",
            label=_("Edition"),
            heading=_("Editions"),
            help_text=_EDITIONS,
            min_num=1,
            panels=[_DATES, FieldPanel("file"), FieldPanel("changes")],
        ),
    ]


class StandardViewSet(_TextViewSet):
    """The library of standards."""

    model = Standard
    name = "brand-standards"
    icon = "list-ol"
    menu_label = _("Standards")
    list_display = ["number", "title", "stage", InForce("in_force", label=_("in force")), "region"]
    list_filter = ["region", "stage", "level", "crops"]
    search_fields = ["number", "title", "slug"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("level")]),
                FieldRowPanel([FieldPanel("number"), FieldPanel("title")]),
                FieldRowPanel([FieldPanel("stage"), FieldPanel("slug")]),
                FieldPanel("crops"),
                FieldPanel("about"),
                FieldRowPanel([FieldPanel("issued_by"), FieldPanel("is_public")]),
            ],
            heading=_("Standard"),
        ),
        InlinePanel(
            "editions",
            label=_("Edition"),
            heading=_("Editions"),
            help_text=_EDITIONS,
            min_num=1,
            panels=[_DATES, FieldPanel("file"), FieldPanel("link"), FieldPanel("changes")],
        ),
    ]
