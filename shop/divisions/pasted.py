"""Reading what people copy out of a chat: name, phone number and address in one text, in any order."""

import re
import unicodedata
from dataclasses import dataclass

from lib.phone import InvalidPhone, normalise_phone
from shop.divisions.finding import find_place
from shop.divisions.table import Place

MOST = 300  # characters; more is no address
_LABELS = re.compile(
    r"(?:收货人|收件人|联系人|姓名|名字|手机号码|手机号|联系电话|电话号码|电话|手机|所在地区|收货地址|收件地址"
    r"|详细地址|地址|邮政编码|邮编)\s*[:：]?"
)
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[\s-]*)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?!\d)")
_POSTCODE = re.compile(r"(?<![\d\w])\d{6}(?![\d\w])")
_BREAKS = re.compile(r"[\s,，;；、|/]+")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}$|[A-Za-z][A-Za-z .'-]{1,30}$")
_OF_A_PLACE = re.compile(r"[省市州区县镇乡村组号路街巷弄栋幢座楼层室园苑店厂院校站桥门里城庄]$")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What could be read; what could not is empty and the buyer fills it in."""

    name: str = ""
    phone: str = ""
    place: Place | None = None
    street: str = ""


def read_pasted(text: str) -> Pasted:
    """Return name, phone number, district and street of a pasted text."""
    plain = _LABELS.sub(" ", unicodedata.normalize("NFKC", text[:MOST]))
    phone, plain = _phone(plain)
    plain = _BREAKS.sub(" ", _POSTCODE.sub(" ", plain)).strip()
    found = find_place(plain)
    if found is None:
        name, rest = _name(plain.split())
        return Pasted(name, phone, None, " ".join(rest))
    where, start, end = found
    name, _before = _name(plain[:start].split())
    after = plain[end:].split()
    if not name:
        name, after = _name(after, last=True)
    if not name and len(after) > 1:
        name, after = _name(after)
    return Pasted(name, phone, where, " ".join(after))


def _phone(text: str) -> tuple[str, str]:
    """Return the first mobile number and the text with a gap in its place."""
    for hit in _PHONE.finditer(text):
        try:
            number = normalise_phone(hit.group(1).replace(" ", "").replace("-", ""))
        except InvalidPhone:
            continue
        return number, f"{text[: hit.start()]} {text[hit.end() :]}"
    return "", text


def _name(words: list[str], *, last: bool = False) -> tuple[str, list[str]]:
    """Return the word that is a person's name and the others; `last` looks from the end and leaves one."""
    order = range(len(words) - 1, 0, -1) if last else range(len(words))
    for place in order:
        word = words[place]
        if _NAME.fullmatch(word) and not _OF_A_PLACE.search(word):
            return word, words[:place] + words[place + 1 :]
    return "", words
