"""A push: pictures that do not lie at WeChat yet, the cover, then the draft, made once and updated later.

What is done is written down at once, outside of any transaction that waits for WeChat: a push that stops
half-way goes on from there. Pictures are known by their content, so nothing is sent twice for an account.
"""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from lib.sealing import CannotOpen
from news.wechat.asking import MayNotPush, pushable
from news.wechat.calling import WechatDown, WechatRefused
from news.wechat.exporting import LANGUAGE, Export, export
from news.wechat.lengths import too_long
from news.wechat.models import WechatDraft, WechatPicture
from news.wechat.refusals import sentence_for
from news.wechat.speaking import GONE, Article, Speaker
from news.wechat.stills import NoStill, Still
from news.wechat.telling import tell_failure

logger = logging.getLogger(__name__)

_MOST_TRIES: Final = 2  # with a cover that is gone at WeChat: once more with a new one


def push(*, draft: WechatDraft, at: datetime) -> None:
    """Carry out a push that was asked for; whatever stands in the way is written down in words."""
    waiting = WechatDraft.objects.filter(pk=draft.pk, push=WechatDraft.Push.WAITING)
    if not waiting.update(push=WechatDraft.Push.RUNNING, begun_at=at):
        return  # another worker has it, or it was asked for anew
    draft.refresh_from_db()
    with override(LANGUAGE):
        try:
            _Push(draft, at).run()
        except WechatRefused as error:
            _fail(draft, at, sentence_for(error))
        except WechatDown as error:
            logger.warning("push of post %s: %s", draft.post_id, error)
            _fail(draft, at, _("WeChat was not reached. What was sent is kept; push again in a few minutes."))
        except CannotOpen:
            _fail(draft, at, _("The AppSecret cannot be read any more. Type it in anew under WeChat."))
        except (NoStill, MayNotPush) as error:
            _fail(draft, at, str(error))
        except Exception:
            _fail(draft, at, _("Something of ours went wrong. Who runs the site finds it in the log."))
            raise


class _Push:
    """One push."""

    def __init__(self, draft: WechatDraft, at: datetime) -> None:
        self._draft, self._at = draft, at
        self._speaker = Speaker(draft.account, at=at)

    def run(self) -> None:
        """Send what is missing, then the article."""
        post = self._draft.post
        pushable(post)  # since it was asked for it may have been taken down, or kept for some
        region = self._draft.account.region
        article = export(post, region=region)
        self._set(steps=len(article.stills) + 2)
        sent = self._with_pictures(article)
        if reasons := too_long(sent):
            raise MayNotPush(*reasons)
        media_id = self._deliver(sent)
        self._set(
            media_id=media_id,
            state=WechatDraft.State.DRAFT,
            push=WechatDraft.Push.DONE,
            steps_done=self._draft.steps,
            fingerprint=article.fingerprint,
            pushed_at=self._at,
            adding=False,
        )

    def _with_pictures(self, article: Export) -> Export:
        """Return the article with its pictures at WeChat."""
        content, stills = article.content, {}
        for address, still in article.stills.items():
            there = self._picture(still, WechatPicture.Use.TEXT).address
            content = content.replace(f'src="{escape(address)}"', f'src="{escape(there)}"')
            stills[there] = still
            self._set(steps_done=len(stills))
        return replace(article, content=content, stills=stills)

    def _picture(self, still: Still, use: WechatPicture.Use) -> WechatPicture:
        content = still.content()
        digest = hashlib.sha256(content).hexdigest()
        known: dict[str, Any] = {"account": self._draft.account, "use": use, "sha256": digest}
        if found := WechatPicture.objects.filter(**known).first():
            return found
        ending = "png" if still.media_type == "image/png" else "jpg"
        file = (f"{digest[:20]}.{ending}", content, still.media_type)
        place = (
            {"media_id": self._speaker.send_cover(*file)}
            if use == WechatPicture.Use.COVER
            else {"address": self._speaker.send_picture(*file)}
        )
        # a second worker may have sent the same picture for another post: either address is good
        return WechatPicture.objects.get_or_create(**known, defaults={**place, "sent_at": self._at})[0]

    def _deliver(self, article: Export) -> str:
        """Make or update the draft; a cover that is gone at WeChat is sent anew."""
        for _try in range(_MOST_TRIES):
            cover = self._picture(article.cover.still, WechatPicture.Use.COVER)
            self._set(steps_done=self._draft.steps - 1)
            told = _told(article, cover.media_id)
            try:
                return self._update(told) or self._add(told, article.source_url)
            except WechatRefused as error:
                if error.code != GONE:
                    raise
                cover.delete()
        raise WechatRefused(GONE, "cover")

    def _update(self, told: Article) -> str:
        """Update the draft there is; return its id, "" when there is none any more."""
        media_id = self._draft.media_id
        if not media_id:
            return ""
        try:
            self._speaker.update_draft(media_id, told)
        except WechatRefused as error:
            if error.code != GONE or self._speaker.has_draft(media_id):
                raise  # the draft is there, so it is the cover that is gone
            self._stop_if_published(told["content_source_url"])
            self._set(media_id="", state=WechatDraft.State.NONE)
            return ""
        return media_id

    def _add(self, told: Article, source_url: str) -> str:
        """Make a draft, unless an attempt before made one whose answer never came."""
        if self._draft.adding and (found := self._speaker.draft_of(source_url)):
            self._speaker.update_draft(found, told)
            return found
        self._set(adding=True)
        try:
            media_id = self._speaker.add_draft(told)
        except WechatRefused:
            self._set(adding=False)  # it said no, so it made none
            raise
        self._set(media_id=media_id, state=WechatDraft.State.DRAFT, adding=False)
        return media_id

    def _stop_if_published(self, source_url: str) -> None:
        """Stop where somebody published the draft meanwhile: a new one would be a second article."""
        from news.wechat.following import note_published, with_source

        if found := with_source(self._speaker, source_url):
            note_published(draft=self._draft, article=found, at=self._at)
            raise MayNotPush(_("It was published at WeChat meanwhile. Changes are made there."))

    def _set(self, **facts: Any) -> None:
        for name, value in facts.items():
            setattr(self._draft, name, value)
        WechatDraft.objects.filter(pk=self._draft.pk).update(**facts)


def _told(article: Export, cover: str) -> Article:
    """Return an article as the API takes it."""
    return {
        "article_type": "news",
        "title": article.title,
        "author": article.author,
        "digest": article.digest,
        "content": article.content,
        "content_source_url": article.source_url,
        "thumb_media_id": cover,
        "pic_crop_235_1": article.cover.wide,
        "pic_crop_1_1": article.cover.square,
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
    }


def _fail(draft: WechatDraft, at: datetime, reason: str) -> None:
    """Write down what stood in the way, and tell who asked; how far it came stays."""
    WechatDraft.objects.filter(pk=draft.pk).update(push=WechatDraft.Push.FAILED, error=reason)
    tell_failure(draft=draft, reason=reason, at=at)
