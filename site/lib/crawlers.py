"""Who looks without being a person: programs that fetch what somebody posted, search engines, tests."""

import re

_CRAWLER = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|facebookexternalhit|whatsapp|telegram|skypeuripreview|bingpreview"
    r"|embedly|preview|pinterest|mediapartners|lighthouse|validator|monitor",
    re.IGNORECASE,
)


def is_crawler(user_agent: str) -> bool:
    """Tell whether a program calls itself by one of the names such programs give themselves."""
    return _CRAWLER.search(user_agent) is not None
