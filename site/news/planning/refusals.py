"""Why a plan is not made or changed."""

from django.utils.translation import gettext as _

from lib import dates
from news.planning.models import Plan


class PlanRefused(ValueError):
    """It cannot be planned like that; the message says why."""


class AlreadyPlanned(PlanRefused):
    """There is a plan of it already: `plan`."""

    def __init__(self, plan: Plan) -> None:
        where = {"title": plan.title, "day": dates.day(plan.planned_on)}
        super().__init__(_("It stands on the calendar already: “%(title)s”, %(day)s.") % where)
        self.plan = plan


class ChangedMeanwhile(PlanRefused):
    """Somebody else changed the plan since it was shown: `plan`, as it is now."""

    def __init__(self, plan: Plan) -> None:
        who = plan.changed_by.get_full_name() if plan.changed_by else ""
        facts = {"who": who or _("Somebody else"), "title": plan.title, "day": dates.day(plan.planned_on)}
        super().__init__(
            _("%(who)s has changed “%(title)s” meanwhile; it stands on %(day)s. Look again, then decide.")
            % facts
        )
        self.plan = plan


class PlanGone(PlanRefused):
    """Somebody else took the plan off the calendar."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has taken this plan off the calendar meanwhile."))
