"""Reads of the rules: each with its editions and which of them is in force."""

from dataclasses import dataclass
from datetime import date

from brand.editions.standing import History, history
from brand.models import Region, Rule


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule and its editions on one day."""

    rule: Rule
    history: History


def rules_of(region: Region | None, *, on: date) -> list[DatedRule]:
    """Return the public rules of a county. 2 queries."""
    rules = Rule.objects.filter(region=region, is_public=True).prefetch_related("editions")
    return [DatedRule(rule, history(rule.editions.all(), on=on)) for rule in rules]


def rule_of(region: Region | None, slug: str, *, on: date) -> DatedRule:
    """Return one public rule of a county. 2 queries.

    Raises:
        Rule.DoesNotExist: there is none of that name.
    """
    rule = Rule.objects.prefetch_related("editions").get(region=region, slug=slug, is_public=True)
    return DatedRule(rule, history(rule.editions.all(), on=on))
