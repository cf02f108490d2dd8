"""A step of a parcel reads in the language of the page, a carrier's words as they came."""

import pytest
from django.utils.translation import override

from shop.county_post.scanning import ACTS
from shop.fulfilment.carriers import CARRIERS, carrier_name
from shop.tracking.models import TrackingEvent
from shop.tracking.saying import SENTENCES, said

FACTS = {"station": "店上", "carrier": "x"}


def step(text: str, source: str = "seller") -> TrackingEvent:
    return TrackingEvent(text=text, source=source)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_our_sentences_read_in_both_languages(sentence: str) -> None:
    from django.utils.translation import gettext

    with override("zh-hans"):
        kept = gettext(sentence) % FACTS
    with override("en"):
        assert said(step(kept)) == sentence % FACTS
    with override("zh-hans"):
        assert said(step(sentence % FACTS)) == kept != sentence % FACTS


@pytest.mark.parametrize("slug", ACTS)
def test_what_a_station_scans_is_known_with_its_note(slug: str) -> None:
    with override("zh-hans"):
        kept = f"{ACTS[slug].words}" % {"station": "店上"} + " 门口的箱子湿了"
    with override("en"):
        assert said(step(kept, "county")) == f"{ACTS[slug].words}" % {"station": "店上"} + " 门口的箱子湿了"


def test_a_carrier_of_ours_is_named_in_the_language_too() -> None:
    slug = "county"
    with override("zh-hans"):
        kept = str(SENTENCES[1]) and said(step(SENTENCES[1] % {"carrier": carrier_name(slug)}))
    with override("en"):
        assert said(step(kept)) == SENTENCES[1] % {"carrier": str(CARRIERS[slug].name)}


def test_a_carriers_words_stay() -> None:
    with override("zh-hans"):
        kept = "买家已收到。"
    with override("en"):
        assert said(step(kept, "carrier")) == kept
        assert said(step("顺丰的小哥正在路上")) == "顺丰的小哥正在路上"
