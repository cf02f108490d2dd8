"""Questions in public: the list of an article, and the form to ask."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shop.catalogue.models import Product
from shop.questions.asking import NotAsked, ask
from shop.questions.forms import QuestionForm
from shop.questions.models import Question
from shop.reviewing.voices import told_question
from shop.search.views import hall_place

ON_A_PAGE = 20


@require_safe
def questions_of(request: HttpRequest, pk: int) -> HttpResponse:
    """List the answered questions about an article."""
    article = _article(pk)
    answered = article.questions.filter(state=Question.State.ANSWERED).prefetch_related("answers__partner")
    page = Paginator(answered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **_frame(article, pgettext("shop", "Questions")),
        "page_obj": page,
        "questions": [told_question(question) for question in page],
    }
    return render(request, "shop/questions/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question."""
    article = _article(pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = request.user if request.user.is_authenticated else None
        address = request.META.get("REMOTE_ADDR", "")
        try:
            ask(article=article, user=user, address=address, at=timezone.now(), **form.cleaned_data)
        except NotAsked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seller has your question. It is shown here with the answer."))
            return HttpResponseRedirect(reverse("shop-questions:list", args=[pk]))
    context = {**_frame(article, _("Ask something")), "form": form}
    return render(request, "shop/questions/ask.html", context, status=400 if form.errors else 200)


def _article(pk: int) -> Product:
    articles = Product.objects.browsable().select_related("brand_product__region")
    return get_object_or_404(articles, pk=pk)


def _frame(article: Product, title: str) -> dict[str, object]:
    return {
        "product": article,
        "region": article.brand_product.region if article.brand_product else None,
        "trail": [hall_place(), (article.get_title(), article.get_absolute_url()), (title, "")],
        "title": title,
    }
