"""The basket: files chosen on several pages of the library, taken out as one zip. It lies in the session."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from association.downloads.giving import give, personal
from brand.models import VIAsset, VIFile
from brand.vi.access import Grant, Refusal, Rights, Why
from brand.vi.sendings import files_there
from cms.navigation import in_language

KEY: Final = "vi_basket"
MOST: Final = 200  # files; the link that names them has to fit into an address


@dataclass(frozen=True, slots=True)
class Choice:
    """One file in the basket, with the right to it."""

    file: VIFile
    answer: Grant | Refusal

    @property
    def asset(self) -> VIAsset:
        """What it belongs to."""
        return self.file.version.asset

    @property
    def is_open(self) -> bool:
        """Whether the person may have it today."""
        return isinstance(self.answer, Grant)

    @property
    def why(self) -> str:
        """What is missing."""
        return self.answer.text if isinstance(self.answer, Refusal) else ""


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def basket(request: HttpRequest) -> HttpResponse:
    """Show the basket. `?file=…&asset=…` puts files in; the form takes out, empties, or makes the zip."""
    if request.method == "POST":
        return _do(request)
    if "file" in request.GET or "asset" in request.GET:
        _put_in(request)
        return redirect("association:vi_basket")
    return _page(request, _choices(request, _kept(request)))


def _put_in(request: HttpRequest) -> None:
    """Add the files named, and the current files of the assets named; what is there stays."""
    kept = _kept(request)
    assets = _numbers(request.GET.getlist("asset"))
    of_assets = VIFile.objects.filter(version__asset__in=assets, version__current=True)
    named = [*_numbers(request.GET.getlist("file")), *of_assets.values_list("pk", flat=True)]
    together = list(dict.fromkeys([*kept, *named]))
    if len(together) > MOST:
        messages.warning(
            request, _("A basket holds %(most)s files. The last ones did not fit.") % {"most": MOST}
        )
    request.session[KEY] = together[:MOST]


def _do(request: HttpRequest) -> HttpResponse:
    act, ticked = request.POST.get("do", ""), set(_numbers(request.POST.getlist("file")))
    if act == "empty":
        request.session.pop(KEY, None)
    elif act == "remove":
        request.session[KEY] = [pk for pk in _kept(request) if pk not in ticked]
    elif act == "zip":
        return _zip(request, ticked)
    return redirect("association:vi_basket")


def _zip(request: HttpRequest, ticked: set[int]) -> HttpResponse:
    """Lead to a link to everything ticked. One closed file stops it: half a basket is no answer."""
    choices = _choices(request, _kept(request))
    wanted = [choice for choice in choices if choice.file.pk in ticked]
    closed = [choice for choice in wanted if not choice.is_open]
    if not wanted:
        return _page(request, choices, error=_("Tick at least one file."), status=422)
    if closed:
        return _page(request, choices, error=closed[0].why, status=403)
    grants = [choice.answer for choice in wanted if isinstance(choice.answer, Grant)]
    files = [choice.file for choice in wanted]
    return give(request, files, grants, is_zip=True, back=reverse("association:vi_basket"))


def _choices(request: HttpRequest, ids: list[int]) -> list[Choice]:
    """Return what is in the basket, asset by asset, without what is gone for good. 5 to 8 queries."""
    rights = Rights(request.user, on=timezone.localdate())
    choices = [Choice(file, rights.to_file(file)) for file in files_there(ids)]
    shown = (choice for choice in choices if choice.is_open or choice.answer.why is not Why.NOT_HERE)  # type: ignore[union-attr]
    return sorted(shown, key=lambda choice: (choice.asset.position, choice.asset.title, choice.file.name))


def _page(request: HttpRequest, choices: list[Choice], *, error: str = "", status: int = 200) -> HttpResponse:
    by_asset = [
        (asset, list(of_asset)) for asset, of_asset in groupby(choices, key=lambda choice: choice.asset)
    ]
    context: dict[str, Any] = {
        "title": _("My basket of VI files"),
        "groups": by_asset,
        "count": len(choices),
        "size": sum(choice.file.size for choice in choices if choice.is_open),
        "open": sum(choice.is_open for choice in choices),
        "error": error,
        "library": in_language("/brand/vi/"),
        "trail": [
            (_("The brand"), in_language("/brand/")),
            (_("VI library"), in_language("/brand/vi/")),
            (_("My basket of VI files"), ""),
        ],
    }
    return render(request, "association/downloads/basket.html", context, status=status)


def _kept(request: HttpRequest) -> list[int]:
    return list(request.session.get(KEY, []))


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16]
