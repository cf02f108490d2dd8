"""What people do, how much of their time, how far from home; and which courses prove that somebody can."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.courses.kinds import Kind


class Work(models.TextChoices):
    """Kinds of work a county's members look for. The value is stored, never shown."""

    LIVE_SELLING = "live_selling", _("live selling")
    SHOP_KEEPING = "shop_keeping", _("keeping a shop on the net")
    PICTURES = "pictures", _("photos and short films")
    SERVICE = "service", _("answering customers")
    CROSS_BORDER = "cross_border", _("selling abroad")
    PACKING = "packing", _("sorting and packing")
    GROWING = "growing", _("growing and harvesting")
    PROCESSING = "processing", pgettext_lazy("work", "processing")
    DRIVING = "driving", _("driving and delivery")
    OFFICE = "office", _("books and office")


class Hours(models.TextChoices):
    """How much of their time somebody gives."""

    FULL = "full", pgettext_lazy("work", "full time")
    PART = "part", pgettext_lazy("work", "part time")
    SEASON = "season", pgettext_lazy("work", "for the season")


class Reach(models.TextChoices):
    """How far from home somebody goes to work."""

    HOME = "home", pgettext_lazy("work", "from home")
    TOWN = "town", pgettext_lazy("work", "in my town")
    COUNTY = "county", pgettext_lazy("work", "anywhere in the county")
    AWAY = "away", pgettext_lazy("work", "outside the county as well")


# A valid certificate of a course of one of these kinds shows that somebody learnt the work; what no course
# of ours teaches is never shown as proven. The course is named beside it: whoever reads it judges.
PROVEN_BY: dict[str, tuple[str, ...]] = {
    Work.LIVE_SELLING: (Kind.LIVE,),
    Work.SHOP_KEEPING: (Kind.BASICS,),
    Work.PICTURES: (Kind.LIVE,),
    Work.SERVICE: (Kind.BASICS,),
    Work.CROSS_BORDER: (Kind.CROSS_BORDER,),
    Work.PACKING: (Kind.SKILLS,),
    Work.GROWING: (Kind.SKILLS,),
    Work.PROCESSING: (Kind.SKILLS,),
    Work.DRIVING: (),
    Work.OFFICE: (),
}
