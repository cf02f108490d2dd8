"""What the pages of a recall ask for beside the reason: which batches."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from record.lineage import made_from, used_in
from record.models import Batch


class LiftForm(forms.Form):
    """Why the recall is over."""

    reason = forms.CharField(
        label=_("why it is lifted"),
        max_length=200,
        help_text=_("The report that cleared it, for example. It stays with the recall."),
    )


def chosen(data: QueryDict, batch: Batch) -> set[int]:
    """Return the batch and what was ticked; only what hangs together with it can be.

    Raises:
        LineageTooWide: more than anybody recalls at once.
    """
    onward = used_in([batch.pk])
    if "all_onward" in data:
        ticked = onward
    else:
        ticked = {int(each) for each in data.getlist("batches") if each.isdecimal()}
        ticked &= onward | made_from([batch.pk])
    return {batch.pk, *ticked}
