"""The panel on the back office's first page: in which order a package gets its record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Step:
    """One thing to make: what it says, the list it is in, and who may add to it."""

    title: "_StrPromise"
    text: "_StrPromise"
    url_name: str
    permission: str


STEPS = (
    Step(_("Member"), _("Who makes it."), "brand-members:add", "brand.add_member"),
    Step(_("Product"), _("What is sold: name, pack, GTIN."), "brand-products:add", "brand.add_product"),
    Step(_("Base"), _("Where it grows."), "telemetry-bases:add", "telemetry.add_base"),
    Step(
        _("Device"),
        _("The station on the land. Its password is shown once, when you save."),
        "devices:add",
        "telemetry.add_device",
    ),
    Step(
        _("Batch"),
        _("One product, one base, one lot number."),
        "record-batches:add",
        "record.add_batch",
    ),
    Step(
        _("Events"),
        _("Planting, harvest, packing: whatever was done, on the day it was done."),
        "record-events:add",
        "record.add_event",
    ),
    Step(
        _("Papers"),
        _("Choose the batch: enter the residue test, issue the 合格证."),
        "record-batches:index",
        "record.add_conformitycertificate",
    ),
    Step(
        _("Codes and labels"),
        _("Choose the batch: issue codes, print labels, activate."),
        "record-batches:index",
        "record.view_code",
    ),
)


class Beginning(Component):
    """The steps, with a way to those the person may take."""

    name = "beginning"
    order = 50
    template_name = "record/admin/beginning.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Tell which steps are theirs."""
        user = parent_context["request"].user
        steps = [(step, reverse(step.url_name) if user.has_perm(step.permission) else "") for step in STEPS]
        return {"steps": steps}


def is_for(user: "AbstractUser | AnonymousUser") -> bool:
    """Tell whether the person takes any of the steps."""
    return any(user.has_perm(step.permission) for step in STEPS)
