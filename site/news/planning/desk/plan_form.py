"""The form of a plan: what it knows when it is opened, what it says when somebody else was first."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from news.models import NewsPage
from news.planning.counties import counties
from news.planning.desk.asked import WriterField

FIELDS = ("region", "title", "planned_on", "channel", "category", "author", "product", "base", "note")


class PlanForm(WagtailAdminModelForm):
    """A plan; `seen` is the version the editor looked at."""

    data: QueryDict
    author = WriterField(
        label=gettext_lazy("who writes it"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
        help_text=gettext_lazy("Reminded the day before. Empty: nobody yet."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    of_post = forms.ModelChoiceField(NewsPage.objects.all(), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = self.instance.version

    @property
    def facts(self) -> dict[str, Any]:
        """Return the fields of the plan as typed."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def see(self, version: int) -> None:
        """Let the next try build on what somebody else changed; what was typed stays."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(version)


def day_of(text: str) -> date:
    """Return the day an address names, or today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def said_by(post: str) -> dict[str, Any]:
    """Return what a plan takes over from the post of that key."""
    page = NewsPage.objects.filter(pk=int(post)).first() if post.isdecimal() and len(post) < 12 else None
    region = counties().of(page.path) if page else None
    if page is None or region is None:
        return {}
    facts = {"of_post": page.pk, "title": page.title, "category": page.category, "region": region.pk}
    return facts | {"author": page.owner_id, "planned_on": max(page.published_on, timezone.localdate())}
