"""The menu of licensing: applications, objections, licences, the rules of each county."""

from typing import Any, ClassVar

from django.db.models import Case, F, QuerySet, When
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from brand.back_office.licensing import files, licence_views
from brand.back_office.licensing.application_desk import ApplicationDesk
from brand.back_office.licensing.objection_desk import ObjectionDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.licences.uses import use_names
from brand.models import Licence, LicenceApplication, LicenceRules, Objection
from lib.dates import full_day

register_permission_policy(LicenceApplication, LookedAtPolicy(LicenceApplication))
register_permission_policy(Objection, LookedAtPolicy(Objection))
register_permission_policy(Licence, licence_views.LicencePolicy(Licence))


_STATE = LicenceApplication.State
# what the office has to do comes first, what the member has to do next, what is decided last
_ORDER = (_STATE.SUBMITTED, _STATE.CHECKED, _STATE.ACCEPTED, _STATE.PUBLICITY, _STATE.RETURNED)


def _due(application: LicenceApplication) -> str:
    if application.state != LicenceApplication.State.SUBMITTED or application.due_on is None:
        return ""
    late = application.is_overdue(on=timezone.localdate())
    words = gettext("%(day)s, overdue") if late else "%(day)s"
    return words % {"day": full_day(application.due_on)}


class ListApplications(ListView):
    """Lists applications that were sent, what waits for the office on top."""

    def get_base_queryset(self) -> QuerySet[LicenceApplication]:
        """Leave drafts to who writes them."""
        applications: QuerySet[LicenceApplication] = super().get_base_queryset()
        return applications.exclude(number=None).select_related("member", "region")

    def order_queryset(self, queryset: QuerySet[LicenceApplication]) -> QuerySet[LicenceApplication]:
        """Begin with what is due, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        waits = Case(
            *(When(state=state, then=place) for place, state in enumerate(_ORDER)), default=len(_ORDER)
        )
        return queryset.order_by(waits, F("due_on").asc(nulls_last=True), "-changed_at", "-pk")

    def get_edit_url(self, instance: LicenceApplication) -> str:
        """Lead to the page of the application."""
        return reverse("brand-licence-applications:desk", args=[instance.pk])


class ListLicences(ListView):
    """Lists licences; the table says what each is for."""

    along = ("member", "region")
    worded: ClassVar[dict[str, Any]] = {
        "products": lambda licence: "、".join(product.name for product in licence.products.all()),
        "uses": lambda licence: "、".join(str(name) for name in use_names(licence.uses)),
    }

    def get_base_queryset(self) -> QuerySet[Licence]:
        """Read the products along where a table is written."""
        licences: QuerySet[Licence] = super().get_base_queryset()
        return licences.prefetch_related("products") if self.is_export else licences


class LicenceApplicationViewSet(ModelViewSet):
    """Applications for licences."""

    model = LicenceApplication
    name = "brand-licence-applications"
    icon = "clipboard-list"
    menu_label = _("Licence applications")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListApplications
    exclude_form_fields: list[str] = []
    list_display = [
        "number",
        "member",
        "brand_name",
        "state",
        Column("due", label=_("to be reviewed by"), accessor=_due),
        "publicity_to",
        "region",
    ]
    list_export = [
        "number", "member", "brand_name", "region", "state", "submitted_at", "due_on",
        "publicity_from", "publicity_to", "decided_at", "reason",
    ]  # fmt: skip
    export_filename = "licence-applications"
    list_filter = ["state", "region"]
    search_fields = ["number", "member__name", "brand_name"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an application, its acts and its files. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("papers/<int:pk>/", files.application_paper, name="paper"),
            path("photos/<int:pk>/", files.site_photo, name="photo"),
            path("<int:pk>/", ApplicationDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", ApplicationDesk.as_view(), name="act"),
        ]


class ListObjections(ListView):
    """Lists objections, open ones first."""

    def get_base_queryset(self) -> QuerySet[Objection]:
        """Read the application along."""
        objections: QuerySet[Objection] = super().get_base_queryset()
        return objections.select_related("application__member")

    def get_edit_url(self, instance: Objection) -> str:
        """Lead to the page of the objection."""
        return reverse("brand-objections:desk", args=[instance.pk])


class ObjectionViewSet(ModelViewSet):
    """Objections against licences that are about to be given."""

    model = Objection
    name = "brand-objections"
    icon = "warning"
    menu_label = _("Objections")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListObjections
    exclude_form_fields: list[str] = []
    list_display = [
        "receipt",
        Column("member", label=_("member"), accessor="application.member"),
        Column("number", label=_("application"), accessor="application.number"),
        "state",
        "received_at",
    ]
    list_filter = ["state"]
    search_fields = ["receipt", "application__number", "application__member__name"]
    search_backend_name = None
    ordering = ["answered_at", "-received_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an objection, its answer and its files."""
        return [
            *super().get_urlpatterns(),
            path("files/<int:pk>/", files.objection_file, name="file"),
            path("<int:pk>/", ObjectionDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", ObjectionDesk.as_view(), name="act"),
        ]


class LicenceViewSet(ModelViewSet):
    """Licences: what they say. What happens to them is done on the page of each."""

    model = Licence
    name = "brand-licences"
    icon = "key"
    menu_label = pgettext_lazy("back office", "Licences")
    index_view_class = ListLicences
    add_view_class = licence_views.EnterLicence
    edit_view_class = licence_views.CorrectLicence
    edit_template_name = "brand/admin/licensing/licence.html"
    copy_view_enabled = False
    search_backend_name = None
    list_display = ["number", "member", "brand_name", "state", "valid_from", "valid_to"]
    list_export = [
        "number", "member", "brand_name", "region", "state", "valid_from", "valid_to", "issued_on",
        "products", "uses", "trademark_classes",
    ]  # fmt: skip
    export_filename = "licences"
    list_filter = ["region", "state"]
    search_fields = ["number", "member__name", "brand_name"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("member")]),
                FieldRowPanel([FieldPanel("number"), FieldPanel("brand_name")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("issued_on")]),
            ],
            heading=_("What the licence says"),
        ),
        MultiFieldPanel([FieldPanel("uses"), FieldPanel("trademark_classes")], heading=_("What it is for")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=licence_views.LicenceForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the products and the papers."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/products/", licence_views.covers, name="covers"),
            path("<int:pk>/certificate.pdf", files.certificate, name="certificate"),
            path("<int:pk>/plaque.pdf", files.door_plaque, name="plaque"),
        ]


class LicenceRulesViewSet(ModelViewSet):
    """Days, years, numbers and who signs, county by county."""

    model = LicenceRules
    name = "brand-licence-rules"
    icon = "cogs"
    menu_label = _("Rules for licences")
    copy_view_enabled = False
    search_backend_name = None
    search_fields: list[str] = []
    list_display = ["region", "number_prefix", "review_days", "publicity_days", "validity_years"]
    panels = [
        FieldPanel("region"),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("number_prefix")]),
        FieldRowPanel(
            [FieldPanel("review_days"), FieldPanel("publicity_days"), FieldPanel("validity_years")]
        ),
        FieldPanel("checker_decides"),
    ]


class LicensingViewSetGroup(ModelViewSetGroup):
    """From application to licence."""

    menu_label = _("Licensing")
    menu_icon = "key"
    menu_order = 222
    items = (LicenceApplicationViewSet, ObjectionViewSet, LicenceViewSet, LicenceRulesViewSet)
