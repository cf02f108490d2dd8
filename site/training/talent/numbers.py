"""Telephone numbers in texts: a profile or a message that carries one goes round the platform."""

import re
import unicodedata

from training.talent.refusals import NumberInWords

# as somebody writes a number who does not want it to be found: in Chinese, 幺 being the one said aloud
_DIGITS = str.maketrans("〇零一幺二三四五六七八九", "001123456789")
# between two digits; a comma or a full stop ends a number, and a letter or 年 does
_GAP = r"(?:[^\w,、。;；]|_){0,3}"
_MOBILE = re.compile(rf"(?<!\d)(?:\+?8{_GAP}6{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")


def refuse_numbers(*texts: str) -> None:
    """Let texts without a mobile number pass, however it is spaced or written.

    Raises:
        NumberInWords: there is one.
    """
    for text in texts:
        if _MOBILE.search(unicodedata.normalize("NFKC", text).translate(_DIGITS)):
            raise NumberInWords
