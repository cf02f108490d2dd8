"""Questions in the back office: those that wait first, answered or refused on a page of their own."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.back_office.reviews import AnswerForm, ReasonForm
from shop.models import Question
from shop.questions.asking import NotAnswered, answer, refuse

register_permission_policy(Question, LookedAtPolicy(Question))


class QuestionDesk(ActDesk):
    """Answers a question for the hall, or does not show it."""

    template = "shop/admin/question.html"
    may_look, may_act = "fengtu_shop.view_question", "fengtu_shop.change_question"
    refusals = (NotAnswered,)
    acts = {
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer it"),
            gettext_lazy("With the first answer everybody sees the question. The seller can answer too."),
            pgettext_lazy("shop", "Send the answer"),
        ),
        "refuse": Act(
            ReasonForm,
            gettext_lazy("Do not show it"),
            gettext_lazy("For insults, advertising, what belongs to one order only."),
            gettext_lazy("Do not show it"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the question."""
        questions = Question.objects.select_related("article__brand_product__region")
        self.question = get_object_or_404(questions, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-questions-desk:desk", args=[self.question.pk])

    def possible(self) -> list[str]:
        """Return everything until it is refused."""
        return [] if self.question.state == Question.State.REFUSED else list(self.acts)

    def first(self) -> str:
        """Return the answer while there is none."""
        return "answer" if self.question.state == Question.State.WAITING else ""

    def answer(self, form: forms.Form) -> str:
        """Answer it."""
        text = form.cleaned_data["text"]
        answer(question=self.question, text=text, partner=None, at=self.now, by=self.by)
        return _("The answer stands on the page of the article.")

    def refuse(self, form: forms.Form) -> str:
        """Do not show it."""
        refuse(question=self.question, reason=form.cleaned_data["reason"], at=self.now, by=self.by)
        return _("The question is not shown.")

    def context(self) -> dict[str, Any]:
        """Return the question with its answers and its trail."""
        return {
            "question": self.question,
            "answers": self.question.answers.select_related("partner"),
            "trail": said(acts_on(self.question)),
            "breadcrumbs_items": [
                {"url": reverse("shop-questions-desk:index"), "label": pgettext_lazy("shop", "Questions")},
                {"url": "", "label": str(self.question)},
            ],
            "header_title": gettext_lazy("Question"),
            "page_title": gettext_lazy("Question"),
            "page_subtitle": str(self.question.article),
            "header_icon": "help",
        }


class ListQuestions(ListView):
    """Lists questions, those that wait for an answer on top."""

    along = ("article",)

    def order_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Begin with what waits, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        waits = Case(When(state=Question.State.WAITING, then=Value(0)), default=Value(1))
        return queryset.order_by(waits, "-asked_at", "-pk")

    def get_edit_url(self, instance: Question) -> str:
        """Lead to the page of the question."""
        return reverse("shop-questions-desk:desk", args=[instance.pk])


class QuestionViewSet(ModelViewSet):
    """What people ask about articles."""

    model = Question
    name = "shop-questions-desk"
    icon = "help"
    menu_label = pgettext_lazy("shop", "Questions")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListQuestions
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "article", "state", "asked_at"]
    list_filter = {"state": ["exact"], "article__brand_product__region": ["exact"]}
    search_fields = ["text", "article__title"]
    search_backend_name = None
    ordering = ["-asked_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a question."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", QuestionDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", QuestionDesk.as_view(), name="act"),
        ]
