"""Targets in the back office."""

from typing import ClassVar

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from training.figures.targets import TrainingTarget


class ListTargets(ListView):
    """Lists targets with their counties."""

    along = ("region",)


class TargetViewSet(ModelViewSet):
    """What was promised."""

    model = TrainingTarget
    name = "training-targets"
    url_prefix = "training/targets"
    icon = "pick"
    menu_label = gettext_lazy("Training targets")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListTargets
    form_fields: ClassVar[list[str]] = ["region", "kind", "since", "until", "person_times", "source"]
    list_display: ClassVar[list[str]] = ["region", "kind", "person_times", "since", "until", "source"]
    list_filter: ClassVar[list[str]] = ["region", "kind"]
