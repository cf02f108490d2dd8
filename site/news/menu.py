"""The menu of those who write: the calendar first, what is set once last."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from news.checks.desk.links import LinkViewSet
from news.checks.desk.words import WordViewSet
from news.digests.desk import ReadersViewSet
from news.films.desk import PostFilmViewSet
from news.planning.desk.plans import PlanViewSet, TargetViewSet
from news.planning.desk.viewset import CalendarViewSet, ReportViewSet
from news.wechat.desk.accounts import AccountViewSet
from news.wechat.desk.posts import WechatViewSet


class NewsViewSetGroup(ViewSetGroup):
    """Posts: planned, written, checked, sent on, counted."""

    menu_label = _("News")
    menu_name = "news"
    menu_icon = "calendar-alt"
    menu_order = 210
    items: tuple[Any, ...] = (
        CalendarViewSet,
        PlanViewSet,
        WechatViewSet,
        ReportViewSet,
        ReadersViewSet,
        TargetViewSet,
        PostFilmViewSet,
        WordViewSet,
        LinkViewSet,
        AccountViewSet,
    )
