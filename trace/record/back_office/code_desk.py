"""A page in the back office from which codes are acted upon."""

from django.utils.translation import gettext as _

from brand.back_office.act_desk import Act, ActDesk
from record.codes.refusals import CodesRefused, NotVoidable
from record.labels import FontMissing, NoLabels

__all__ = ["Act", "CodeDesk"]


class CodeDesk(ActDesk):
    """What stands in the way of an act on codes is said beside its form."""

    may_look = "record.view_code"
    refusals = (CodesRefused, NotVoidable, NoLabels, FontMissing)

    def reasons(self, error: Exception) -> list[str]:
        """Return its reasons; the plain ones have their sentence here."""
        known = _WORDS.get(type(error))
        return [known()] if known else super().reasons(error)


_WORDS = {
    NotVoidable: lambda: _("All of these are void already."),
    NoLabels: lambda: _("There is nothing to print."),
    FontMissing: lambda: _("The fonts for labels are not installed on the server."),
}
