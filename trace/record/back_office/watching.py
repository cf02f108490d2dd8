"""The menu of what happens to packages once they are out: scans, copies, recalls, reports."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from record.back_office.alerts import CloneAlertViewSet
from record.back_office.consumer_reports import ConsumerReportViewSet
from record.back_office.recalls import RecallViewSet
from record.back_office.sales_areas import SalesAreaViewSet
from record.back_office.scan_days import ScanDayViewSet


class WatchingViewSetGroup(ModelViewSetGroup):
    """Scans and what follows from them."""

    menu_label = _("Scans and recalls")
    menu_icon = "view"
    menu_order = 312
    items = (ScanDayViewSet, CloneAlertViewSet, RecallViewSet, ConsumerReportViewSet, SalesAreaViewSet)
