"""Official Accounts, and a post with every block."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image

from brand.films.keeping import keep_film
from brand.models import Region
from news.films.models import PostFilm
from news.models import NewsIndexPage, NewsPage
from news.wechat.models import WechatAccount
from telemetry.models import Reading
from tests.factories.brand import MemberFactory, ProductFactory
from tests.factories.films import film
from tests.factories.pages import course, post, training_index
from tests.factories.telemetry import BaseFactory, DeviceFactory
from tests.gateways.official_account import APP, SECRET


def account(region: Region, **facts: Any) -> WechatAccount:
    """Return the Official Account of a county."""
    made = WechatAccount(region=region, **{"name": "潞城大葱", "app_id": APP, **facts})
    made.keep_secret(SECRET)
    made.save()
    return made


def photo(title: str = "一捆葱", size: tuple[int, int] = (1600, 900), colour: str = "#4a844c") -> Image:
    """Return a photograph."""
    out = BytesIO()
    Pillow.new("RGB", size, colour).save(out, "JPEG", quality=60)
    out.seek(0)
    return Image.objects.create(title=title, file=ImageFile(out, name="photo.jpg"))


def every_block(region: Region) -> list[tuple[str, Any]]:
    """Return a body that uses every block a post may hold."""
    product = ProductFactory(member=MemberFactory(region=region), name="潞城大葱 鲜葱", summary="当天起葱")
    base = BaseFactory(region=region, slug="zhangjiahe")
    device = DeviceFactory(base=base, last_seen=timezone.now(), online=True)
    now = timezone.now()
    values = {"temperature": 6.4, "humidity": 61.0}
    Reading.objects.create(device=device, at=now - timedelta(seconds=30), values=values, received_at=now)
    taught = course(training_index(region), "zhibo", title="对着手机卖货", teacher="赵芳")
    paper = Document.objects.create(title="培土记录", file=ContentFile(b"%PDF-1.4", name="peitu.pdf"))
    return [
        ("heading", "为什么是三遍"),
        (
            "text",
            '<p>葱白<b>其实</b>是叶子的<i>一部分</i>。<a href="https://www.gov.cn/zhengce/">政策原文</a>'
            '在网上，<a href="https://mp.weixin.qq.com/s/abc">上一篇</a>在这里。</p>'
            "<h3>三遍</h3><ul><li>第一遍</li><li>第二遍</li></ul><hr/>",
        ),
        ("picture", {"image": photo(), "alt": "", "caption": "早上起的葱", "credit": "周敏"}),
        (
            "gallery",
            {
                "pictures": [
                    {"image": photo("垄", colour="#c3aa6c"), "alt": "一条垄", "caption": ""},
                    {"image": photo("捆", colour="#a4c7b7"), "alt": "", "caption": "一捆五千克"},
                ],
                "credit": "李长根",
            },
        ),
        ("quote", {"text": "土埋多深，\n葱白多长。", "who": "李长根"}),
        (
            "table",
            {"caption": "各培多厚", "cells": "第几遍|多厚\n一|8 厘米\n二|15 厘米", "first_row_names": True},
        ),
        ("attachment", {"document": paper, "title": ""}),
        ("video", {"film": post_film(region), "address": "", "caption": "第三遍培土"}),
        (
            "video",
            {
                "film": None,
                "address": "https://www.bilibili.com/video/BV1xx411c7mD/",
                "caption": "从头看到尾",
            },
        ),
        ("facts", {"rows": [{"name": "在哪", "value": "张家河村"}, {"name": "亩数", "value": ""}]}),
        ("product_card", {"product": product, "note": ""}),
        ("base_live", {"title": "此刻的张家河", "base": base}),
        ("course_card", {"course": taught, "note": ""}),
        ("licence_call", {"check": "licence", "title": "带这个标的，才算数", "text": "输一下编号。"}),
        (
            "action",
            {
                "title": "来看看",
                "text": "地头有人。",
                "link": {"label": "看基地", "page": None, "address": "/bases/"},
            },
        ),
    ]


def post_film(region: Region) -> PostFilm:
    """Return a film of posts, with its still."""
    made = PostFilm(region=region, title="第三遍培土", words="一个人在培土。")
    return keep_film(film=made, video=film(seconds=1), poster=None, region=region.slug)


def full_post(index: NewsIndexPage, region: Region, **facts: Any) -> NewsPage:
    """Return a public post with every block, a cover and an author."""
    facts = {"title": "霜降前，最后一遍培土", "author": "周敏", "source": "潞城融媒", **facts}
    return post(index, "peitu", body=every_block(region), **{"image": photo("封面"), **facts})
