"""The bank of questions in the back office: kept, read in from a spreadsheet, written out."""

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import HeaderButton

from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from training.exams.desk.question_form import QuestionForm
from training.exams.desk.read_in import read_in
from training.exams.questions import Question
from training.exams.sheet import write_form, write_questions

NAME = "training-questions"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListQuestions(ListView):
    """Lists questions, the newest first."""

    along = ("course",)

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer to read a sheet in, and to take one along."""
        buttons: list[Any] = list(super().header_buttons)
        if self.request.user.has_perm("training.add_question"):
            buttons.append(
                HeaderButton(_("Read in a sheet"), url=reverse(f"{NAME}:import"), icon_name="upload")
            )
        return buttons

    @cached_property
    def show_export_buttons(self) -> bool:
        """Offer our own sheet, which can be read in again, beside the form for reading in."""
        return False


@require_safe
@permission_required("training.view_question", raise_exception=True)
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the bank of a course as a workbook, or the form to fill in."""
    out = BytesIO()
    course = request.GET.get("course", "")
    if "form" in request.GET:
        write_form(out)
    else:
        found = Question.objects.filter(course=int(course) if course.isdecimal() else None)
        write_questions(found.prefetch_related("options").order_by("pk"), out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="questions.xlsx"'
    return response


class QuestionViewSet(ModelViewSet):
    """Questions that papers ask."""

    model = Question
    name = NAME
    url_prefix = "training/questions"
    icon = "help"
    menu_label = pgettext_lazy("exam", "Questions")
    index_view_class, add_view_class, edit_view_class = ListQuestions, Creates, Changes
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "__str__",
        Column("get_kind_display", label=pgettext_lazy("question", "kind"), sort_key="kind"),
        Column("get_asked_in_display", label=pgettext_lazy("question", "asked in"), sort_key="asked_in"),
        "difficulty",
        "topic",
        "course",
        BooleanColumn("in_use", label=gettext_lazy("in use"), sort_key="in_use"),
    ]
    list_filter = ["course", "asked_in", "kind", "difficulty", "topic", "in_use"]
    search_fields = ["text", "topic", "explanation"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("course"), FieldPanel("asked_in"), FieldPanel("topic")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("difficulty")]),
        FieldPanel("text"),
        FieldPanel("picture"),
        InlinePanel(
            "options",
            heading=gettext_lazy("options"),
            label=gettext_lazy("option"),
            panels=[FieldPanel("text"), FieldPanel("is_right")],
            help_text=gettext_lazy(
                "Only where something is chosen. Their order is another one in every paper."
            ),
        ),
        FieldPanel("holds"),
        FieldPanel("answer"),
        FieldPanel("explanation"),
        FieldPanel("in_use"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=QuestionForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the sheet, in and out."""
        return [
            *super().get_urlpatterns(),
            path("import/", read_in, name="import"),
            path("sheet/", sheet, name="sheet"),
        ]


class QuestionChooserViewSet(ChooserViewSet):
    """Chooses a question for a paper."""

    model = Question
    icon = "help"
    choose_one_text = gettext_lazy("Choose a question")
    choose_another_text = gettext_lazy("Choose another question")
    url_filter_parameters = ["course"]


question_chooser = QuestionChooserViewSet("training_question_chooser")
