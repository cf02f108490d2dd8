"""What WeChat's numbers mean to somebody who edits posts: what is wrong, and what to do now.

Source: developers.weixin.qq.com, 全局错误码 and the error tables of 新增草稿, 新增永久素材, 上传图文消息图片.
"""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.wechat.calling import WechatRefused

IP_NOT_LISTED: Final = 40164

_ASK_AGAIN = gettext_lazy("WeChat is busy. Wait a few minutes and push again.")
_SECRET = gettext_lazy(
    "WeChat does not know this AppID with this AppSecret. Reset the secret on mp.weixin.qq.com under Basic "
    "configuration and type it in here anew."
)
_NO_RIGHT = gettext_lazy(
    "This account may not do that. Drafts and materials are for verified accounts: look on mp.weixin.qq.com "
    "under Interface permissions. Until then copy the text with the button."
)
_LIMIT = gettext_lazy(
    "The calls of today are used up. They are counted anew at midnight; who runs the account can clear the "
    "count once on mp.weixin.qq.com."
)
_BLOCKED = gettext_lazy("WeChat has blocked calls of this account. The notice on mp.weixin.qq.com says why.")
_CONFIRM = gettext_lazy(
    "The administrator of the account has to allow this server: a message waits in their WeChat."
)
_PICTURE = gettext_lazy("WeChat does not take one of the pictures. Save it as JPEG and choose it again.")
_GOODS = gettext_lazy("The account may not sell in articles. Take the goods out, or ask WeChat to allow it.")

SENTENCES: Final[dict[int, Promise | str]] = {
    -1: _ASK_AGAIN,
    40001: _SECRET,
    40013: _SECRET,
    40014: _SECRET,
    40125: _SECRET,
    42001: _SECRET,
    41002: _SECRET,
    41004: _SECRET,
    48001: _NO_RIGHT,
    48004: _BLOCKED,
    50002: _BLOCKED,
    45009: _LIMIT,
    45011: gettext_lazy("Too many calls in one minute. Wait a minute and push again."),
    89501: _CONFIRM,
    89503: _CONFIRM,
    89506: gettext_lazy(
        "The administrator of the account refused this server. It may be asked again in a day."
    ),
    89507: gettext_lazy(
        "The administrator of the account refused this server. It may be asked again in an hour."
    ),
    40004: _PICTURE,
    40005: _PICTURE,
    40009: _PICTURE,
    40113: _PICTURE,
    40137: _PICTURE,
    45001: _PICTURE,
    40007: gettext_lazy("A picture or the draft is gone at WeChat. Push again: it is made anew."),
    45002: gettext_lazy(
        "The text is too long for WeChat, which takes less than 20,000 characters with markup."
    ),
    45003: gettext_lazy("The title is too long for WeChat, which takes 32 characters."),
    45004: gettext_lazy("The summary is too long for WeChat, which takes 128 characters."),
    45008: gettext_lazy("The article is too long for WeChat. Make two posts of it."),
    45110: gettext_lazy("The author's name is too long for WeChat, which takes 16 characters."),
    45166: gettext_lazy(
        "WeChat does not take something in the text. Look at the preview, shorten, push again."
    ),
    53404: _GOODS,
    53405: _GOODS,
    53406: _GOODS,
}

_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def sentence_for(error: WechatRefused) -> str:
    """Return what is wrong and what to do; WeChat's number stands behind it, for whoever asks WeChat."""
    return f"{_words(error)} ({error.code})"


def _words(error: WechatRefused) -> str:
    if error.code == IP_NOT_LISTED:
        found = _IP.search(error.said)
        return _(
            "WeChat does not know the address of this server, %(ip)s. Add it on mp.weixin.qq.com under Basic "
            "configuration, IP whitelist, wait ten minutes and push again."
        ) % {"ip": found[0] if found else "?"}
    known = SENTENCES.get(error.code)
    return str(known) if known else _("WeChat refused: %(said)s") % {"said": error.said[:200]}
