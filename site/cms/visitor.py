"""What only this visitor sees, as a small fragment: pages themselves are the same for everybody."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shop.counting.tally import count_page


class Visitor(TypedDict):
    """Contents of the fragment."""

    name: str
    basket: int


@require_safe
@cache_control(private=True, no_store=True)
def visitor(request: HttpRequest) -> JsonResponse:
    """Answer who is signed in and how many things are in the basket; without cookies no query is made.

    Every page of the hall asks for it, so it is also where they are counted.
    """
    count_page(request)
    baskets = settings.OSCAR_BASKET_COOKIE_OPEN  # type: ignore[misc]
    known = {settings.SESSION_COOKIE_NAME, baskets} & request.COOKIES.keys()
    return JsonResponse(_describe(request) if known else Visitor(name="", basket=0))


def _describe(request: HttpRequest) -> Visitor:
    user = request.user
    name = (user.get_short_name() or str(user)) if user.is_authenticated else ""
    basket = getattr(request, "basket", None)  # set by Oscar's middleware
    return Visitor(name=name, basket=basket.num_items if basket else 0)
