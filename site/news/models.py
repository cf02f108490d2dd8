"""Posts, their list and topics, and what is kept about them: where Django looks for models."""

from news.categories import Category
from news.checks.models import OutsideLink, SensitiveWord
from news.counting.models import PopularPost, PostViews
from news.digests.models import Delivery, Digest, Subscription
from news.films.models import PostFilm
from news.planning.models import Plan, SetAside, WeeklyTarget
from news.posts.listing import NewsIndexPage
from news.posts.page import NewsPage, NewsPageTag, RelatedPost
from news.posts.topic import NewsTopicPage, TopicPin
from news.review.models import ReviewTask
from news.wechat.models import (
    WechatAccount,
    WechatDraft,
    WechatPicture,
    WechatToken,
)

__all__ = [
    "Category",
    "Delivery",
    "Digest",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageTag",
    "NewsTopicPage",
    "OutsideLink",
    "Plan",
    "PopularPost",
    "PostFilm",
    "PostViews",
    "RelatedPost",
    "ReviewTask",
    "SensitiveWord",
    "SetAside",
    "Subscription",
    "TopicPin",
    "WechatAccount",
    "WechatDraft",
    "WechatPicture",
    "WechatToken",
    "WeeklyTarget",
]
