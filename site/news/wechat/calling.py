"""One call of the Official Account API: JSON or a file there, JSON back, refusals by number.

Source: developers.weixin.qq.com/doc/subscription (草稿管理, 素材管理, 发布能力, 全局错误码).
"""

import json
from typing import Any, Final

import requests
from django.conf import settings

_TIMEOUT: Final = (5, 30)  # seconds to connect, and between two bytes of an answer
BUSY: Final = -1


class WechatDown(RuntimeError):
    """WeChat was not reached, or what came back was no answer: nobody knows whether it did anything."""


class WechatRefused(RuntimeError):
    """WeChat said no; `code` is its number, `said` its words."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code} {said}")
        self.code, self.said = code, said


def call(
    path: str,
    *,
    token: str = "",
    query: dict[str, str] | None = None,
    send: dict[str, Any] | None = None,
    file: tuple[str, bytes, str] | None = None,
) -> dict[str, Any]:
    """Call `path` with what is sent as JSON, or with a file (name, content, media type); return the answer.

    Raises:
        WechatDown: no connection, no answer in time, or no JSON.
        WechatRefused: the answer has a number other than 0.
    """
    asked = {**({"access_token": token} if token else {}), **(query or {})}
    # WeChat shows \\u6f5e as it stands, so the letters themselves go over the line
    body = json.dumps(send, ensure_ascii=False).encode() if send is not None else None
    try:
        response = requests.request(
            "POST" if body is not None or file else "GET",
            settings.WECHAT_API_URL + path,
            params=asked,
            data=body,
            files={"media": file} if file else None,
            headers={"Content-Type": "application/json; charset=utf-8"} if body is not None else None,
            timeout=_TIMEOUT,
            allow_redirects=False,
        )
        response.raise_for_status()
        answer = json.loads(response.content)
    except (requests.RequestException, ValueError) as error:
        # without the words of the error: they hold the address, and that holds the token
        raise WechatDown(f"{path}: {type(error).__name__}") from None
    if not isinstance(answer, dict):
        raise WechatDown(f"{path}: no object")
    if answer.get("errcode"):
        raise WechatRefused(int(answer["errcode"]), str(answer.get("errmsg", "")))
    return answer
