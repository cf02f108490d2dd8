"""One county while it is being loaded: what the steps have made so far, by the names the content uses."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.images.models import Image

from brand.models import Member, Product, Region
from demo.load.calendar import Calendar
from demo.load.content import read
from demo.load.secrets import Secrets
from home.models import HomePage
from record.models import Batch
from telemetry.models import Base


@dataclass
class County:
    """A county and its things by slug (batches by key). Each step fills in what later ones need."""

    slug: str
    calendar: Calendar
    secrets: Secrets
    pictures: dict[str, Image]
    region: Region = field(init=False)
    home: HomePage = field(init=False)
    members: dict[str, Member] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    bases: dict[str, Base] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)

    def content(self, name: str) -> dict[str, Any]:
        """Return one of its TOML files."""
        return read(self.slug, name)

    @property
    def words(self) -> dict[str, str]:
        """What the pages that all counties share fill in."""
        region = self.content("region")["region"]
        return {
            "name": self.region.name,
            "brand": region["brand_name"],
            "association": region["association"],
            "phone": self.region.phone,
            "email": self.region.email,
            "address": self.region.address,
        }
