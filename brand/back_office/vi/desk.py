"""The page of an asset's files: put the next version together, publish it, withdraw the asset."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.vi.forms import PublishForm, ReasonForm, UploadForm
from brand.models import VIAsset, VIFile
from brand.vi.drafting import NotADraft, draft_of, remove_file
from brand.vi.publishing import (
    AlreadyPublished,
    NothingToPublish,
    NotLike,
    offer_again,
    publish_version,
    withdraw_asset,
)
from brand.vi.reading import NotTaken
from brand.vi.uploading import take_files

MAY = "brand.change_viasset"


class FilesDesk(ActDesk):
    """Everything that is done with the files of one asset."""

    template = "brand/admin/vi/files.html"
    may_look, may_act = "brand.view_viasset", MAY
    refusals = (NotTaken, NotADraft, NothingToPublish, AlreadyPublished, NotLike)
    acts = {
        "upload": Act(
            UploadForm,
            gettext_lazy("Add files to the next version"),
            gettext_lazy("Nobody outside sees them before the version is published."),
            gettext_lazy("Add the files"),
        ),
        "publish": Act(
            PublishForm,
            gettext_lazy("Publish this version"),
            gettext_lazy("It becomes the current one at once. Its files can then no longer be changed."),
            gettext_lazy("Publish the version"),
        ),
        "withdraw": Act(
            ReasonForm,
            gettext_lazy("Withdraw the asset"),
            gettext_lazy("It leaves the library and nobody downloads it any more, from this moment on."),
            gettext_lazy("Withdraw it"),
            serious=True,
        ),
        "offer": Act(
            ReasonForm,
            gettext_lazy("Offer it again"),
            gettext_lazy("It comes back into the library with its current version."),
            gettext_lazy("Put it back"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the asset with its versions."""
        self.asset = get_object_or_404(VIAsset.objects.select_related("region", "category"), pk=pk)
        self.draft = draft_of(self.asset)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-vi:files", args=[self.asset.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        has_files = self.draft is not None and self.draft.files.exists()
        acts = ["upload", "publish"] if has_files else ["upload"]
        turns = {VIAsset.State.PUBLISHED: ["withdraw"], VIAsset.State.WITHDRAWN: ["offer"]}
        return [*acts, *turns.get(VIAsset.State(self.asset.state), [])]

    def first(self) -> str:
        """Return what is next: files, then publishing."""
        return "publish" if "publish" in self.possible() else "upload"

    def form_options(self, act: str) -> dict[str, Any]:
        """Start with the notes written before."""
        return {"initial": {"notes": self.draft.notes}} if act == "publish" and self.draft else {}

    def upload(self, form: UploadForm) -> str:
        """Take what is good; what is not is named with its reason."""
        taken = take_files(self.asset, form.cleaned_data["chosen"], by=self.by, at=self.now)
        refusals = [f"{name}: {reason}" for name, reason in taken.refused]
        if not taken.files:
            raise NotTaken(" ".join(refusals))
        for refusal in refusals:
            messages.error(self.request, refusal)
        count = len(taken.files)
        return ngettext("%(count)d file added.", "%(count)d files added.", count) % {"count": count}

    def publish(self, form: PublishForm) -> str:
        """Publish the draft."""
        if self.draft is None:
            raise AlreadyPublished(_("Somebody published this version meanwhile."))
        self.draft.notes = form.cleaned_data["notes"]
        publish_version(version=self.draft, by=self.by, at=self.now)
        return _("Version %(number)s is published.") % {"number": self.draft.number}

    def withdraw(self, form: ReasonForm) -> str:
        """Take it out of the library."""
        withdraw_asset(asset=self.asset, reason=form.cleaned_data["reason"], by=self.by, at=self.now)
        return _("Withdrawn. Nobody downloads it any more.")

    def offer(self, form: ReasonForm) -> str:
        """Put it back."""
        offer_again(asset=self.asset, reason=form.cleaned_data["reason"], by=self.by, at=self.now)
        return _("It is back in the library.")

    def context(self) -> dict[str, Any]:
        """Return the asset with its versions and its trail."""
        return {
            "asset": self.asset,
            "public_url": _public_page(self.asset),
            "versions": self.asset.versions.prefetch_related("files"),
            "history": said(acts_on(self.asset)),
            "may_act": self.request.user.has_perm(MAY),
            "breadcrumbs_items": [
                {"url": reverse("brand-vi:index"), "label": gettext_lazy("VI assets")},
                {"url": reverse("brand-vi:edit", args=[self.asset.pk]), "label": self.asset.title},
                {"url": "", "label": gettext_lazy("Files and versions")},
            ],
            "page_title": gettext_lazy("Files and versions"),
            "page_subtitle": self.asset.title,
            "header_title": gettext_lazy("Files and versions"),
            "header_icon": "folder-open-inverse",
        }


def _public_page(asset: VIAsset) -> str:
    root = asset.region.site.root_url if asset.region.site else ""
    return f"{root}/brand/vi/{asset.slug}/"


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of a draft. Whoever reloads this, or was second, is led to the files."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    file = VIFile.objects.select_related("version__asset").filter(pk=pk).first()
    if file is None:
        messages.warning(request, _("Somebody took this file out already."))
        return HttpResponseRedirect(reverse("brand-vi:index"))
    if request.method == "POST":
        _remove(request, file)
    return HttpResponseRedirect(reverse("brand-vi:files", args=[file.version.asset_id]))


def _remove(request: HttpRequest, file: VIFile) -> None:
    try:
        remove_file(file=file, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("“%(name)s” is taken out.") % {"name": file.name})
    except NotADraft as error:
        messages.error(request, str(error))


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand a file to who keeps the library, drafts too."""
    if not request.user.has_perm("brand.view_viasset"):
        raise PermissionDenied
    found = get_object_or_404(VIFile, pk=pk)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
