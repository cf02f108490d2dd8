"""From a plan to a draft: the post is there, filled in with what the plan knows."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from lib.pinyin import slug_of
from news.models import NewsIndexPage, NewsPage, Plan
from news.planning.refusals import PlanGone, PlanRefused


def begin_post(*, plan: Plan, by: User, at: datetime) -> NewsPage:
    """Return the draft of a plan, made now if there is none.

    The row of the plan is locked first: of two clicks at once the second finds the draft of the first.

    Raises:
        PlanGone: somebody else took the plan off the calendar.
        PlanRefused: the county has no list of posts, or `by` may not write there.
    """
    with transaction.atomic():
        held = Plan.objects.select_for_update(of=("self",)).filter(pk=plan.pk).first()
        if held is None:
            raise PlanGone
        if held.post is not None:
            return held.post
        index = _list_of(held)
        if not index.permissions_for_user(by).can_add_subpage():
            raise PlanRefused(_("You may not write posts for %(county)s.") % {"county": held.region.name})
        post = _draft(held, index, by=by)
        Plan.objects.filter(pk=held.pk).update(
            post=post, version=F("version") + 1, changed_by=by, changed_at=at
        )
        return post


def _list_of(plan: Plan) -> NewsIndexPage:
    site = plan.region.site
    index = NewsIndexPage.objects.descendant_of(site.root_page).first() if site else None
    if index is None:
        raise PlanRefused(_("%(county)s has no list of posts yet.") % {"county": plan.region.name})
    return index


def _draft(plan: Plan, index: NewsIndexPage, *, by: User) -> NewsPage:
    """Write the draft below its list; its date is the day it is planned for."""
    writer = plan.author or by
    post = NewsPage(
        title=plan.title,
        slug=_free_slug(plan, index),
        category=plan.category,
        published_on=plan.planned_on,
        author=writer.get_full_name()[:40],
        base=plan.base,
        owner=writer,
        live=False,
    )
    index.add_child(instance=post)
    if plan.product is not None:
        post.products = [plan.product]
    # what every post needs and a plan does not know is asked for before it is submitted
    post.save_revision(user=by, log_action=True, clean=False)
    return post


def _free_slug(plan: Plan, index: NewsIndexPage) -> str:
    wanted = slug_of(plan.title) or f"post-{plan.pk}"
    taken = index.get_children().filter(slug=wanted).exists()
    return f"{wanted}-{plan.pk}" if taken else wanted
