"""Addresses under /news/ that are no pages of Wagtail."""

from django.urls import path

from news.digests import views as digests
from news.feeds import views as feeds
from news.wechat import views as wechat

app_name = "news"
urlpatterns = [
    path("feed.xml", feeds.atom_feed, name="atom"),
    path("feed.json", feeds.json_feed_, name="json_feed"),
    path("sitemap.xml", feeds.news_sitemap, name="sitemap"),
    path("wechat-share.json", wechat.share, name="wechat_share"),
    path("subscribe/", digests.subscribe, name="subscribe"),
    path("subscribe/asked/", digests.asked, name="asked"),
    path("subscribe/confirm/<str:key>/", digests.confirmation, name="confirm"),
    path("subscribe/leave/<str:token>/", digests.leaving, name="leave"),
]
