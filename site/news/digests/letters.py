"""The words of what subscribers get by e-mail. Nothing in a letter tells us whether it was opened."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from brand.models import Region
from cms.drawings import theme_of
from news.digests.models import Digest, Subscription
from news.digests.subscribing import confirmation_key
from news.models import NewsPage

MOST_POSTS = 12
_LEAVE = "https://leave.invalid/"  # stands for the address of each reader while a letter is written once


@dataclass(frozen=True, slots=True)
class Issue:
    """The letter of a week, written; only the address by which its reader leaves is missing."""

    region: Region
    subject: str
    text: str
    html: str


def confirmation(subscription: Subscription) -> EmailMessage:
    """Return the letter that asks for the second yes, or says that it was given before."""
    region = subscription.region
    kind = "already" if subscription.confirmed_at else "confirm"
    with translation.override(settings.LANGUAGE_CODE):
        written_at = subscription.letter_at or subscription.asked_at
        key = confirmation_key(subscription, at=written_at)
        context = {
            "look": theme_of(region),
            "confirm": _address(region, "news:confirm", key),
            "leave": leaving_address(subscription),
        }
        name = f"news/digests/{kind}"
        subject = _one_line(render_to_string(f"{name}.subject.txt", context))
        text = render_to_string(f"{name}.txt", context).strip()
        return EmailMessage(subject, text, sender(region), [subscription.email], headers=_AUTOMATIC)


def issue_of(digest: Digest) -> Issue:
    """Write the letter of a week: what is public of it now. 1 query."""
    region = digest.region
    public = NewsPage.objects.live().public().filter(digests=digest).defer("body")
    posts = list(public.order_by("-published_on", "-pk"))
    with translation.override(settings.LANGUAGE_CODE):
        context: dict[str, Any] = {
            "look": theme_of(region),
            "quiet": theme_of(region).day["ink-2"],
            "posts": posts[:MOST_POSTS],
            "more": max(0, len(posts) - MOST_POSTS),
            "list": f"{_root(region)}/news/",
            "leave": _LEAVE,
            "region": region,
        }
        return Issue(
            region=region,
            subject=_one_line(render_to_string("news/digests/issue.subject.txt", context)),
            text=render_to_string("news/digests/issue.txt", context).strip(),
            html=css_inline.inline(render_to_string("news/digests/issue.html", context)),
        )


def letter(issue: Issue, subscription: Subscription) -> EmailMessage:
    """Return the letter to one reader, who leaves with one press of the mail program (RFC 8058)."""
    leave = leaving_address(subscription)
    headers = {
        **_AUTOMATIC,
        "List-Id": f"<news.{urlsplit(_root(issue.region)).hostname}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    text, to = issue.text.replace(_LEAVE, leave), [subscription.email]
    message = EmailMultiAlternatives(issue.subject, text, sender(issue.region), to, headers=headers)
    message.attach_alternative(issue.html.replace(_LEAVE, leave), "text/html")
    return message


def sender(region: Region) -> str:
    """Return who writes: the county, from the address the site sends from."""
    look = theme_of(region)
    with translation.override(settings.LANGUAGE_CODE):
        return formataddr((f"{look.name}{_('Fengtu')}", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def leaving_address(subscription: Subscription) -> str:
    """Return the address by which this reader leaves."""
    return _address(subscription.region, "news:leave", subscription.token)


_AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no mailbox answers that its owner is away


def _address(region: Region, name: str, *args: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return f"{_root(region)}{reverse(name, args=args)}"


def _root(region: Region) -> str:
    return region.site.root_url if region.site else settings.PUBLIC_BASE_URL


def _one_line(text: str) -> str:
    return " ".join(text.split())
