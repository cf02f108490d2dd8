"""Reading questions in from a spreadsheet."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lib.sheets import MOST_BYTES
from training.courses.course import CoursePage
from training.exams.importing import NotImported, import_questions


class SheetForm(forms.Form):
    """A spreadsheet, and the course whose bank it fills."""

    course = forms.ModelChoiceField(
        CoursePage.objects.defer("body"),
        label=gettext_lazy("course"),
        required=False,
        empty_label=gettext_lazy("papers of every course"),
    )
    sheet = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("Take the form along, fill it in, send it back. .xlsx or .csv."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )

    def clean_sheet(self) -> bytes:
        """Return what is in it."""
        file = self.cleaned_data["sheet"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return bytes(file.read())


@permission_required(["training.add_question", "training.change_question"], raise_exception=True)
def read_in(request: HttpRequest) -> HttpResponse:
    """Read questions in, or say what is wrong with which line."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = import_questions(content=form.cleaned_data["sheet"], course=form.cleaned_data["course"])
        except NotImported as error:
            for reason in error.wrong:
                form.add_error("sheet", reason)
        else:
            said = _("%(added)d questions were added, %(changed)d changed.")
            messages.success(request, said % {"added": done.added, "changed": done.changed})
            return HttpResponseRedirect(reverse("training-questions:index"))
    title = _("Read in questions")
    context = {
        "form": form,
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("training-questions:index"), "label": pgettext("exam", "Questions")},
            {"url": "", "label": title},
        ],
        "courses": CoursePage.objects.exclude(questions=None).defer("body"),
    }
    return render(request, "training/admin/exams/read_in.html", context)
