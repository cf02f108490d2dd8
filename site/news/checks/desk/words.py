"""Sensitive words: kept by editors, written out and read in as a spreadsheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import HeaderButton

from brand.back_office.tables import ListView
from lib.sheets import MOST_BYTES
from news.checks.importing import COLUMNS, NotImported, import_words
from news.checks.models import SensitiveWord

EXPORTED = list(COLUMNS)
NAME = "news-words"


class ListWords(ListView):
    """Lists words, those that stop a post first."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer to read a list in to who may change it."""
        buttons: list[Any] = list(super().header_buttons)
        if self.request.user.has_perm("news.add_sensitiveword"):
            buttons.append(
                HeaderButton(_("Read in a list"), url=reverse(f"{NAME}:import"), icon_name="upload")
            )
        return buttons


class SheetForm(forms.Form):
    """A spreadsheet."""

    sheet = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(".xlsx or .csv with the columns of the list that is written out here."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )

    def clean_sheet(self) -> bytes:
        """Return what is in it."""
        file = self.cleaned_data["sheet"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return bytes(file.read())


@permission_required(["news.add_sensitiveword", "news.change_sensitiveword"], raise_exception=True)
def read_in(request: HttpRequest) -> HttpResponse:
    """Read a list in, or say what is wrong with it."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = import_words(content=form.cleaned_data["sheet"])
        except NotImported as error:
            for reason in error.wrong:
                form.add_error("sheet", reason)
        else:
            said = _("%(added)d words were added, %(changed)d were there and took over what the list says.")
            messages.success(request, said % {"added": done.added, "changed": done.changed})
            return HttpResponseRedirect(reverse(f"{NAME}:index"))
    title = _("Read in a list of words")
    context = {"form": form, "page_title": title, "header_title": title, "back": reverse(f"{NAME}:index")}
    return render(request, "news/admin/words_import.html", context)


class WordViewSet(ModelViewSet):
    """Sensitive words."""

    model = SensitiveWord
    name = NAME
    url_prefix = "news/words"
    icon = "warning"
    menu_label = gettext_lazy("Sensitive words")
    index_view_class = ListWords
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ["word", "reason", "suggestion"]
    search_backend_name = None
    list_display = [
        "word",
        Column("get_kind_display", label=pgettext_lazy("sensitive word", "what happens"), sort_key="kind"),
        Column("suggestion", label=gettext_lazy("Say instead")),
        Column("reason", label=gettext_lazy("Why")),
    ]
    list_filter = ["kind"]
    list_export = EXPORTED
    export_filename = "sensitive-words"
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("word"), FieldPanel("kind")]),
            FieldPanel("reason"),
            FieldPanel("suggestion"),
            FieldPanel("allowed_in"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page that reads a list in."""
        return [*super().get_urlpatterns(), path("import/", read_in, name="import")]
