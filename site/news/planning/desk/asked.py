"""What part of the calendar is asked for: days, county, channel, writer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from brand.models import Region
from lib.periods import months_from
from news.models import Plan
from news.planning.entries import Entry
from news.planning.weeks import days_of_week, week_of, weeks_of_month

ALL = "all"
WEEK, MONTH = "week", "month"


def writers() -> QuerySet[User]:
    """Return who may be asked to write: editors, reviewers and who runs the site."""
    roles = Q(groups__role__slug__in=["editor", "reviewer"]) | Q(is_superuser=True)
    return User.objects.filter(roles, is_active=True).distinct().order_by("last_name", "first_name", "pk")


class WriterField(forms.ModelChoiceField):
    """Somebody who writes, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(writers(), **options)


class AskedForm(forms.Form):
    """The filters above the calendar."""

    region = forms.ChoiceField(label=_("county"), required=False)
    channel = forms.ChoiceField(
        label=_("channel"),
        required=False,
        choices=[("", pgettext_lazy("channel", "all")), *Plan.Channel.choices],
    )
    author = WriterField(
        label=_("who writes it"), required=False, empty_label=pgettext_lazy("writers", "everybody")
    )

    def __init__(self, *args: Any, regions: Iterable[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(region.slug, region.name) for region in regions]
        self.fields["region"].choices = [*names, (ALL, _("all counties"))]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Asked:
    """Days and filters; nonsense asks for this week of the county whose site it is."""

    day: date
    span: str
    form: AskedForm
    region: Region | None
    channel: str
    author: User | None

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks that are shown."""
        return weeks_of_month(self.day) if self.span == MONTH else [days_of_week(self.day)]

    @property
    def before(self) -> date:
        """A day of the span before."""
        return self._step(-1)

    @property
    def after(self) -> date:
        """A day of the span after."""
        return self._step(1)

    def _step(self, way: int) -> date:
        if self.span == MONTH:
            return months_from(self.day.replace(day=1), way)
        return week_of(self.day) + timedelta(days=7 * way)

    def shows(self, card: Entry) -> bool:
        """Tell whether the filters let a card through; what goes both ways is in either channel."""
        if self.region is not None and card.region.pk != self.region.pk:
            return False
        if self.channel and card.channel not in {self.channel, Plan.Channel.BOTH}:
            return False
        return self.author is None or (card.writer is not None and card.writer.pk == self.author.pk)

    def query(self, **other: Any) -> str:
        """Return the address that asks for the same, but for `other`."""
        facts = {
            "view": self.span,
            "day": self.day.isoformat(),
            "region": self.region.slug if self.region else ALL,
            "channel": self.channel,
            "author": self.author.pk if self.author else "",
        }
        asked = {name: value for name, value in (facts | other).items() if value != ""}
        return urlencode(asked)


def asked(request: HttpRequest, regions: list[Region]) -> Asked:
    """Return what the address asks for."""
    here = getattr(request, "region", None)
    home = next((region for region in regions if here and region.pk == here.pk), None)
    form = AskedForm({"region": home.slug if home else ALL} | request.GET.dict(), regions=regions)
    form.is_valid()
    facts = form.cleaned_data
    slug = facts.get("region") or (home.slug if home else ALL)
    return Asked(
        day=_day(request.GET.get("day", "")),
        span=MONTH if request.GET.get("view") == MONTH else WEEK,
        form=form,
        region=next((region for region in regions if region.slug == slug), None),
        channel=facts.get("channel") or "",
        author=facts.get("author"),
    )


def _day(text: str) -> date:
    """Return the day, or today; beyond the years an editor plans in there is nothing to show."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= 30 else today
