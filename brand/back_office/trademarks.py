"""Trademarks and their filings in the back office."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from brand.acts.models import acts_on
from brand.back_office.private_file import PrivateFileInput
from brand.back_office.tables import ListView
from brand.back_office.trademark_forms import FilingForm
from brand.back_office.trademark_views import (
    FileInClasses,
    RenewFiling,
    hand_out_paper,
    show_matrix,
    workbook,
)
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from brand.models import Filing, Trademark
from brand.trademarks.acts import note_filing
from brand.trademarks.standing import standing
from brand.trademarks.terms import Term, term
from lib.nice import CLASSES, class_label

_SHOWN_ACTS = 30


class ListTrademarks(ListView):
    """Lists trademarks; the table of classes is one press away."""

    def get_base_queryset(self) -> QuerySet[Trademark]:
        """Read county and number of filings along."""
        marks: QuerySet[Trademark] = super().get_base_queryset()
        return marks.select_related("region").annotate(classes=Count("filings__nice_class", distinct=True))

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the table."""
        table = HeaderButton(_("Table of classes"), url=reverse("brand-trademarks:matrix"), icon_name="table")
        return [*super().header_buttons, table]

    def get_list_more_buttons(self, instance: Trademark) -> list[Any]:
        """Lead to filing in further classes."""
        return [*_ways(instance), *super().get_list_more_buttons(instance)]


class EditTrademark(TellsChanged):
    """Changes a trademark."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to filing in further classes."""
        return [*_ways(self.object), *super().header_more_buttons]


def _ways(trademark: Trademark) -> list[Button]:
    file = reverse("brand-trademarks:file", args=[trademark.pk])
    filed = f"{reverse('brand-filings:index')}?trademark={trademark.pk}"
    return [
        Button(_("File in classes"), url=file, icon_name="plus", priority=1),
        Button(_("Its filings"), url=filed, icon_name="list-ul", priority=2),
    ]


class TrademarkViewSet(ModelViewSet):
    """Trademarks."""

    model = Trademark
    name = "brand-trademarks"
    icon = "tag"
    menu_label = _("Trademarks")
    index_view_class = ListTrademarks
    add_view_class = TellsCreated
    edit_view_class = EditTrademark
    delete_view_class = TellsDeleted
    copy_view_enabled = False
    search_backend_name = None
    list_display = ["name", "kind", Column("classes", label=_("classes"), accessor="classes"), "region"]
    list_filter = ["region", "kind"]
    search_fields = ["name", "owner"]
    panels = [
        FieldRowPanel([FieldPanel("region"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
        FieldPanel("image"),
        FieldPanel("owner"),
        FieldPanel("about"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Add the table, its workbook, and filing in several classes at once."""
        return [
            *super().get_urlpatterns(),
            path("table/", show_matrix, name="matrix"),
            path("table.xlsx", workbook, name="workbook"),
            path("<int:pk>/file/", FileInClasses.as_view(), name="file"),
        ]


class StandingColumn(Column):
    """Where a filing stands today."""

    def get_value(self, instance: Filing) -> str:
        """Return its word."""
        return str(standing(instance, on=timezone.localdate()).label)


class ListFilings(ListView):
    """Lists filings."""

    def get_base_queryset(self) -> QuerySet[Filing]:
        """Read trademark and county along."""
        filings: QuerySet[Filing] = super().get_base_queryset()
        return filings.select_related("trademark__region")


class AddFiling(CreateView):
    """Enters a filing; the table of classes says of which trademark, in which class."""

    def get_initial_form_instance(self) -> Filing:
        """Fill in what was pressed."""
        asked = {name: self.request.GET.get(name, "") for name in ("trademark", "nice_class")}
        mark = asked["trademark"]
        chosen = Trademark.objects.filter(pk=mark).first() if mark.isdecimal() and len(mark) < 18 else None
        number = int(asked["nice_class"]) if asked["nice_class"] in map(str, CLASSES) else None
        return Filing(trademark=chosen, nice_class=number)

    def save_instance(self) -> Filing:
        """Save and write it down, in the transaction of `form_valid`."""
        filing: Filing = super().save_instance()
        note_filing(filing, before=None, by=self.request.user, at=timezone.now())
        return filing


class EditFiling(EditView):
    """Changes a filing."""

    def save_instance(self) -> Filing:
        """Save and write down what changed, in the transaction of `form_valid`."""
        before = Filing.objects.select_for_update().get(pk=self.form.instance.pk)
        filing: Filing = super().save_instance()
        note_filing(filing, before=before, by=self.request.user, at=timezone.now())
        return filing

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the renewal while the law allows it."""
        buttons = list(super().header_more_buttons)
        if _can_be_renewed(self.object):
            url = reverse("brand-filings:renew", args=[self.object.pk])
            buttons.insert(0, Button(_("Renew"), url=url, icon_name="rotate", priority=1))
        return buttons


def _can_be_renewed(filing: Filing) -> bool:
    if filing.state != Filing.State.REGISTERED or not filing.expires_on:
        return False
    return term(filing.expires_on, on=timezone.localdate()) in {Term.RENEWABLE, Term.GRACE}


class TrailPanel(Panel):
    """What was done with a filing, by whom."""

    class BoundPanel(Panel.BoundPanel):
        """The trail of one filing."""

        template_name = "brand/trademarks/trail.html"

        def is_shown(self) -> bool:
            """Tell whether there is a filing yet."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Give the template the newest acts."""
            acts = acts_on(self.instance).reverse()[:_SHOWN_ACTS]
            return {**super().get_context_data(parent_context), "acts": acts}


class FilingViewSet(ModelViewSet):
    """The register: one line for each trademark and class."""

    model = Filing
    name = "brand-filings"
    icon = "list-ul"
    menu_label = _("Trademark filings")
    index_view_class = ListFilings
    add_view_class = AddFiling
    edit_view_class = EditFiling
    delete_view_class = TellsDeleted
    copy_view_enabled = False
    search_backend_name = None
    list_display = [
        Column("trademark", label=_("trademark"), accessor="trademark"),
        Column("nice_class", label=_("class"), accessor=lambda filing: class_label(filing.nice_class)),
        "number",
        StandingColumn("standing", label=_("state")),
        "expires_on",
    ]
    list_export = [
        "trademark", "nice_class", "number", "state", "applied_on", "published_on", "registered_on",
        "expires_on", "goods", "agent",
    ]  # fmt: skip
    export_filename = "trademark-filings"
    list_filter = {
        "trademark": ["exact"],
        "trademark__region": ["exact"],
        "state": ["exact"],
        "nice_class": ["exact"],
        "expires_on": ["gte", "lte"],
    }
    search_fields = ["trademark__name", "number", "goods", "agent"]
    panels = [
        FieldRowPanel([FieldPanel("trademark"), FieldPanel("nice_class")]),
        FieldRowPanel([FieldPanel("number"), FieldPanel("state")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("applied_on"), FieldPanel("published_on")]),
                FieldRowPanel([FieldPanel("registered_on"), FieldPanel("expires_on")]),
            ],
            heading=_("Dates"),
        ),
        FieldPanel("goods"),
        FieldRowPanel([FieldPanel("agent"), FieldPanel("note")]),
        InlinePanel(
            "papers",
            label=_("Paper"),
            heading=_("Papers of the office"),
            help_text=_("What the trademark office sent. Only the back office sees it."),
            panels=[
                FieldRowPanel([FieldPanel("kind"), FieldPanel("dated_on")]),
                FieldPanel("file", widget=PrivateFileInput("brand-filings:paper")),
            ],
        ),
        TrailPanel(heading=_("What was done")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=FilingForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the renewal, and the way to a paper."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/renew/", RenewFiling.as_view(), name="renew"),
            path("papers/<int:pk>/", hand_out_paper, name="paper"),
        ]
