"""One rule with all its editions, and the address that always leads to the one in force."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.rules.queries import DatedRule, rule_of
from brand.models import Rule
from cms.navigation import in_language


@require_safe
def rule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a rule settles, the edition to follow, and what each edition changed."""
    found = _found(request, slug)
    context = {
        "title": found.rule.title,
        "description": found.rule.about[:120],
        "trail": [
            (_("The brand"), in_language("/brand/")),
            (_("Rules"), in_language("/brand/rules/")),
            (found.rule.title, ""),
        ],
        "rule": found.rule,
        "history": found.history,
    }
    return render(request, "association/rules/rule.html", context)


@require_safe
def rule_in_force(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the file of the edition in force today; other documents refer to this address."""
    current = _found(request, slug).history.current
    if current is None or not current.edition.file:
        raise Http404
    return redirect(current.edition.file.url)


def _found(request: HttpRequest, slug: str) -> DatedRule:
    try:
        return rule_of(getattr(request, "region", None), slug, on=timezone.localdate())
    except Rule.DoesNotExist:
        raise Http404 from None
