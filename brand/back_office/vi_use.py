"""The menu of how VI files are used: what was taken, under which terms, accepted by whom."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from brand.back_office.vi_log import DownloadViewSet
from brand.back_office.vi_terms import AcceptanceViewSet, TermsViewSet


class VIUseViewSetGroup(ModelViewSetGroup):
    """Downloads, terms, acceptances."""

    menu_label = _("VI downloads")
    menu_icon = "download"
    menu_order = 226
    items = (DownloadViewSet, TermsViewSet, AcceptanceViewSet)
