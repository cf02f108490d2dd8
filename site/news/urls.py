"""Addresses under /news/ that are no pages of Wagtail."""

from django.urls import path

from news.feeds import views as feeds

app_name = "news"
urlpatterns = [
    path("feed.xml", feeds.atom_feed, name="atom"),
    path("feed.json", feeds.json_feed_, name="json_feed"),
    path("sitemap.xml", feeds.news_sitemap, name="sitemap"),
]
