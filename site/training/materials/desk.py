"""Course books in the back office: the books with their editions, and the printed copies."""

from typing import Any, ClassVar

from django import forms
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.back_office.film_form import AddByForm, EditByForm
from brand.back_office.tables import ListView
from training.materials.keeping import (
    EditionIsThere,
    HasCopies,
    NotSoManyCopies,
    add_edition,
    give_out,
    remove_material,
    write_printed,
)
from training.materials.models import Material, PrintedCopies
from training.materials.reading import NotAMaterial, read_material


class WrittenPolicy(ModelPermissionPolicy):
    """Written down and looked at; never changed and never taken away."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing and adding only."""
        return action in {"view", "add"} and bool(super().user_has_permission(user, action))


register_permission_policy(PrintedCopies, WrittenPolicy(PrintedCopies))


class MaterialForm(WagtailAdminModelForm):
    """A course book, and its next edition where a file is chosen."""

    label = forms.CharField(
        label=gettext_lazy("Edition"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("For example 2026, second edition."),
    )
    file = forms.FileField(
        label=gettext_lazy("File of the next edition"),
        required=False,
        help_text=gettext_lazy("PDF, Word, Excel or PowerPoint, 25 MB at most. Earlier editions are kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Judge the file by its content, and ask for what a new edition is called."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, label = cleaned.get("file"), cleaned.get("label", "")
        if file and not label:
            self.add_error("label", _("Say which edition this is."))
        if label and not file:
            self.add_error("file", _("Choose the file of this edition."))
        if file:
            self._judge(file)
        return cleaned

    def save(self, commit: bool = True) -> Material:
        """Keep the book, and its edition through the domain."""
        material: Material = super().save(commit)
        file = self.cleaned_data.get("file")
        if file:
            label = self.cleaned_data["label"]
            add_edition(material=material, label=label, content=file, name=file.name, at=timezone.now())
        return material

    def _judge(self, file: Any) -> None:
        try:
            facts = read_material(file, name=file.name)
        except NotAMaterial as error:
            self.add_error("file", str(error))
            return
        editions = self.instance.editions.all() if self.instance.pk else []
        for edition in editions:
            if edition.label == self.cleaned_data.get("label"):
                self.add_error("label", _("There is an edition of that name. Give this one its own."))
            if edition.sha256 == facts.sha256:
                said = _("This very file is the edition “%(edition)s”.") % {"edition": edition.label}
                self.add_error("file", said)


class _SaysWhy:
    """Says why nothing was kept; what was typed stays."""

    refusals: ClassVar[dict[type[Exception], str]] = {EditionIsThere: "file", NotSoManyCopies: "given_out"}

    def form_valid(self, form: forms.Form) -> Any:
        """Keep it, or say why not."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except tuple(self.refusals) as error:
            form.add_error(self.refusals[type(error)], str(error))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class AddThing(_SaysWhy, AddByForm):
    """Adds a book, or copies."""


class EditThing(_SaysWhy, EditByForm):
    """Changes a book."""


class RemoveMaterial(DeleteView):
    """Takes a book away, or says why it stays."""

    def delete_action(self) -> None:
        """Take it away through the domain."""
        remove_material(material=self.object)

    def form_valid(self, form: forms.Form) -> Any:
        """Take it away; a refusal leads back to the book."""
        try:
            return super().form_valid(form)
        except HasCopies as error:
            messages.error(self.request, str(error))
            return redirect("training-materials:edit", self.object.pk)


class MaterialViewSet(ModelViewSet):
    """Course books."""

    model = Material
    name = "training-materials"
    icon = "doc-full"
    menu_label = gettext_lazy("Course books")
    copy_view_enabled = False
    add_view_class = AddThing
    edit_view_class = EditThing
    delete_view_class = RemoveMaterial
    index_view_class = ListView
    list_display = ["title", "course", "access", "newest_edition"]
    list_filter = ["access"]
    search_fields = ["title", "authors", "course__title"]
    search_backend_name = None
    panels = [
        FieldPanel("course"),
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldRowPanel([FieldPanel("access"), FieldPanel("place")]),
        MultiFieldPanel([FieldPanel("label"), FieldPanel("file")], heading=gettext_lazy("Next edition")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=MaterialForm).bind_to_model(self.model)


class CopiesForm(WagtailAdminModelForm):
    """Copies that were printed or given out."""

    def clean(self) -> dict[str, Any]:
        """Ask for one of both numbers."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("printed")) == bool(cleaned.get("given_out")):
            raise forms.ValidationError(_("Write down either copies printed or copies given out."))
        return cleaned

    def save(self, commit: bool = True) -> PrintedCopies:
        """Write it down."""
        told = self.cleaned_data
        if told["printed"]:
            return write_printed(edition=told["edition"], copies=told["printed"], on=told["on"])
        return give_out(
            edition=told["edition"], copies=told["given_out"], given_to=told["given_to"], on=told["on"]
        )


class CopiesViewSet(ModelViewSet):
    """Printed copies: what is written down stays."""

    model = PrintedCopies
    name = "training-copies"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Printed copies")
    copy_view_enabled = False
    add_view_class = AddThing
    index_view_class = ListView
    list_display = ["edition", "on", "printed", "given_out", "given_to"]
    list_export = ["edition", "on", "printed", "given_out", "given_to"]
    list_filter = ["on"]
    panels = [
        FieldPanel("edition"),
        FieldPanel("on"),
        FieldRowPanel([FieldPanel("printed"), FieldPanel("given_out")]),
        FieldPanel("given_to"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=CopiesForm).bind_to_model(self.model)
