"""Oscar's partner app with our strategy."""

from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    """Same label as Oscar's."""

    name = "shop.partner"
