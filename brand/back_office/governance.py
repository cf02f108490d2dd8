"""The menu of what governs the brand: rules, standards, trademarks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from brand.back_office.rules import RuleViewSet, StandardViewSet
from brand.back_office.trademarks import FilingViewSet, TrademarkViewSet


class GovernanceViewSetGroup(ModelViewSetGroup):
    """Rules, standards, trademarks."""

    menu_label = _("Rules and trademarks")
    menu_icon = "clipboard-list"
    menu_order = 226
    items = (RuleViewSet, StandardViewSet, TrademarkViewSet, FilingViewSet)
