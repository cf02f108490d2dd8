"""The part of an address that nobody has to type: left empty, it is made from the name."""

from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lib.pinyin import slug_of


def free_slug_in(model: type[Model], name: str) -> str:
    """Return an address no other row has, made from the letters of `name`. One query."""
    wanted = slug_of(name) or str(model._meta.model_name)
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


class SluggedForm(WagtailAdminModelForm):
    """A form whose `slug` may stay empty; `slug_from` is the field it is made from."""

    slug_from: ClassVar[str] = "name"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of the address: small letters, digits, dashes. Left empty, it is made from the name."
            )

    def clean_slug(self) -> str:
        """Make it from the name, or keep the one it had."""
        typed: str = self.cleaned_data["slug"]
        name = str(self.data.get(self.add_prefix(self.slug_from), ""))
        return typed or self.instance.slug or free_slug_in(type(self.instance), name)


class TitledForm(SluggedForm):
    """Its address is made from the title."""

    slug_from = "title"
