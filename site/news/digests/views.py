"""`/news/subscribe/…`: asking for the letter of the week, saying so a second time, leaving.

None of these forms carries a CSRF token: they use no right of whoever is signed in, what stands in the
address is all the right there is, and mail programs that press the button (RFC 8058) have no token either.
Addresses open nothing by themselves: scanners of mail look at every link.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lib.guessing import Guesses
from news.digests.forms import SubscribeForm
from news.digests.subscribing import (
    TooLate,
    UnknownSubscription,
    ask,
    asking,
    confirm,
    leave,
    subscribed,
)
from news.digests.tasks import write_confirmation

ASKED = Guesses("news.subscribe", allowed=8, window=3600)
# nobody floods mailboxes from here, with however many addresses of their own
ASKED_BY_ALL = Guesses("news.subscribe.all", allowed=400, window=3600)

View = Callable[..., HttpResponse]


def _secret_address(view: View) -> View:
    """Keep the address of a page, which is a right, from other sites and from search engines."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return wrapped


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address in; the answer is the same whether it is new, waiting or subscribed."""
    form = SubscribeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, status=400 if form.errors else 200)
    now, region = timezone.now(), getattr(request, "region", None)
    mark = ASKED.mark(request.META.get("REMOTE_ADDR", ""), at=now)
    if not region or ASKED.used_up(mark) or ASKED_BY_ALL.used_up(region.slug):
        form.add_error(None, _("Too many addresses came from here. Try again in an hour."))
        return _form(request, form, status=429)
    ASKED.note(mark)
    ASKED_BY_ALL.note(region.slug)
    subscription = ask(region=region, email=form.cleaned_data["email"], at=now)
    if subscription is not None:
        write_confirmation.enqueue(subscription.pk)
    return redirect("news:asked")


@require_safe
@cache_control(max_age=600)
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way."""
    return _page(request, "asked", _("Look into your mailbox"))


@_secret_address
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the second yes, and take it."""
    now = timezone.now()
    try:
        if request.method == "POST":
            return _page(request, "confirmed", _("You are in"), subscription=confirm(key, at=now))
        found = asking(key, at=now)
    except TooLate:
        return _page(request, "too_late", _("This letter is too old"), status=410, form=SubscribeForm())
    except UnknownSubscription:
        return _page(request, "too_late", _("We know nothing of this"), status=404, form=SubscribeForm())
    return _page(request, "confirm", _("The letter of the week"), subscription=found)


@_secret_address
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to leave; by POST, also that of a mail program, leave at once."""
    if request.method == "POST":
        leave(token)
        return _page(request, "left", _("No letter comes any more"))
    try:
        subscription = subscribed(token)
    except UnknownSubscription:
        return _page(request, "left", _("No letter comes any more"))
    return _page(request, "leave", _("No more letters?"), subscription=subscription)


def _form(request: HttpRequest, form: SubscribeForm, *, status: int) -> HttpResponse:
    return _page(request, "subscribe", _("The letter of the week"), status=status, form=form)


def _page(request: HttpRequest, name: str, title: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    trail = [(_("News"), f"{_list_of(request)}"), (title, "")]
    context = {"title": title, "trail": trail, **facts}
    return render(request, f"news/digests/{name}.html", context, status=status)


def _list_of(request: HttpRequest) -> str:
    return request.path_info.partition("subscribe/")[0]
