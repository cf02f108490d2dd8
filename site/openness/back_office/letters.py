"""Letters in the back office: listed by what is due, read with their files, taken in hand, answered."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from openness.letters.handling import LetterMoved, NoAnswer, answer_letter, take_in_hand
from openness.letters.models import Letter, LetterFile, LetterState
from record.back_office.policies import IssuedPolicy

register_permission_policy(Letter, IssuedPolicy(Letter))
_NOTE = forms.CharField(
    label=gettext_lazy("note for ourselves"),
    max_length=500,
    required=False,
    widget=forms.Textarea({"rows": 2}),
    help_text=gettext_lazy("Stays in the trail; the writer does not see it."),
)


class TakeForm(forms.Form):
    """Taking a letter in hand."""

    note = _NOTE


class AnswerForm(forms.Form):
    """The answer; `seen` is the answer that stood there when the page was opened."""

    answer = forms.CharField(
        label=pgettext_lazy("letter", "answer"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Stands under the receipt number. Say what was found and what happens now."),
    )
    note = _NOTE
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class LetterDesk(ActDesk):
    """Everything an officer does with one letter."""

    template = "openness/admin/letter.html"
    may_look, may_act = "openness.view_letter", "openness.change_letter"
    refusals = (LetterMoved, NoAnswer)
    acts = {
        "take": Act(
            TakeForm,
            gettext_lazy("Take it in hand"),
            gettext_lazy("The writer sees that somebody looks into it."),
            gettext_lazy("Take it in hand"),
        ),
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer the letter"),
            gettext_lazy(
                "The answer is read under the receipt number; where a contact was left, a message says so."
            ),
            gettext_lazy("Send the answer"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the letter with what it is about."""
        self.letter = get_object_or_404(Letter.objects.select_related("about", "region"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("openness-letters:desk", args=[self.letter.pk])

    def possible(self) -> list[str]:
        """Return what its state allows: an answer can always be put right."""
        return ["take", "answer"] if self.letter.state == LetterState.RECEIVED else ["answer"]

    def first(self) -> str:
        """Return answering, while there is no answer."""
        return "" if self.letter.answer else "answer"

    def form_options(self, act: str) -> dict[str, Any]:
        """Begin with the answer that stands there."""
        return (
            {"initial": {"answer": self.letter.answer, "seen": self.letter.answer}} if act == "answer" else {}
        )

    def take(self, form: forms.Form) -> str:
        """Take it in hand."""
        take_in_hand(letter=self.letter, note=form.cleaned_data["note"], by=self.by, at=self.now)
        return _("It is in your hands. The writer sees that.")

    def answer(self, form: forms.Form) -> str:
        """Answer it."""
        facts = form.cleaned_data
        self.letter.answer = facts["seen"]
        answer_letter(letter=self.letter, answer=facts["answer"], note=facts["note"], by=self.by, at=self.now)
        return _("The answer stands under the receipt number.")

    def context(self) -> dict[str, Any]:
        """Return the letter with its files and trail."""
        letter = self.letter
        return {
            "letter": letter,
            "files": letter.files.all(),
            "overdue": letter.is_overdue(on=timezone.localdate()),
            "history": said(acts_on(letter)),
            "breadcrumbs_items": [
                {"url": reverse("openness-letters:index"), "label": gettext_lazy("Letters")},
                {"url": "", "label": letter.receipt},
            ],
            "header_title": letter.get_kind_display(),
            "page_title": letter.get_kind_display(),
            "page_subtitle": letter.receipt,
            "header_icon": "mail",
        }


class ListLetters(ListView):
    """Lists letters, those that wait first, by the day they are due."""

    along = ("region", "about")

    def get_edit_url(self, instance: Letter) -> str:
        """Lead to the page the letter is handled on."""
        return reverse("openness-letters:desk", args=[instance.pk])


class LetterViewSet(ModelViewSet):
    """What people write."""

    model = Letter
    name = "openness-letters"
    url_prefix = "openness/letters"
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListLetters
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[str]] = ["__str__", "state", "due_on", "about", "region", "received_at"]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"],
        "kind": ["exact"],
        "region": ["exact"],
        "received_at": ["gte", "lte"],
    }
    list_export: ClassVar[list[str]] = [
        "receipt", "kind", "state", "received_at", "due_on", "answered_at", "words", "answer",
    ]  # fmt: skip
    export_filename = "letters"
    search_fields: ClassVar[list[str]] = ["receipt", "words"]
    search_backend_name = None
    ordering = ["-received_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add handling and the files. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", LetterDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", LetterDesk.as_view(), name="act"),
            path("files/<int:pk>/", file, name="file"),
        ]


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out what came with a letter, to who may see letters and to nobody else."""
    if not request.user.has_perm("openness.view_letter"):
        raise PermissionDenied
    found = get_object_or_404(LetterFile, pk=pk)
    is_pdf = str(found).endswith(".pdf")
    response = FileResponse(
        found.file.open(),
        content_type="application/pdf" if is_pdf else "image/jpeg",
        as_attachment=is_pdf,
        filename=str(found),
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
