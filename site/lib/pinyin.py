"""A Chinese name in letters, for addresses: 张家河大葱专业合作社 becomes zhangjiahedacong."""

import re
import unicodedata

LONGEST = 40
# what says how a firm is founded, not who it is; longest first
_FORMS = re.compile(
    "(?:有限责任公司|股份有限公司|农民专业合作社|专业合作社|有限公司|家庭农场|个体工商户|经销部|合作社|公司)$"
)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Return the letters and digits of `name`, without its legal form; "" where it has none."""
    from pypinyin import lazy_pinyin  # its dictionary takes 57 MB and a third of a second, in every process

    text = unicodedata.normalize("NFKC", name).strip()
    short = _FORMS.sub("", text) or text
    letters = "".join(lazy_pinyin(short, errors=lambda run: f"-{run}-")).lower()
    return _OTHER.sub("-", letters).strip("-")[:LONGEST].strip("-")
