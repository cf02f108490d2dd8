"""The form a post is edited with."""

from typing import Any

from brand.models import Product, Region
from cms.reviewed import ReviewedForm
from news.review.schedule import ToCome
from telemetry.models import Base


class NewsPageForm(ToCome, ReviewedForm):
    """Offers what the county of the list has: its products, bases and topics."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # a browser cuts what an input method is still composing; too long is said when it is saved
            field.widget.attrs.pop("maxlength", None)
        site = self.parent_page.get_site() if self.parent_page else None
        region = Region.objects.filter(site=site).first() if site else None
        if region is not None:
            self._offer("products", Product.objects.filter(region=region))
            self._offer("base", Base.objects.filter(region=region))
        if self.parent_page and "topics" in self.fields:
            topics: Any = self.fields["topics"]
            self._offer("topics", topics.queryset.child_of(self.parent_page))

    def _offer(self, name: str, things: Any) -> None:
        field: Any = self.fields.get(name)
        if field is not None:
            field.queryset = things
