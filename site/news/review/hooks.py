"""What the review of posts adds to the back office. Imported by `news.wagtail_hooks`."""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from cms.reviewed import OnlyByReview
from news.review import intercepting

hooks.register("before_create_page", intercepting.before_create)
hooks.register("before_edit_page", intercepting.before_edit)
hooks.register("after_create_page", intercepting.after_save)
hooks.register("after_edit_page", intercepting.after_save)


@hooks.register("register_admin_urls")
def before_the_review() -> list[Any]:
    """Register the page before the review."""
    return [path("news/review/", include("news.review.urls"))]


@hooks.register("construct_page_action_menu")
def one_way_in(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer one way to send a post in: sending again goes on with the review there is."""
    if isinstance(context.get("page"), OnlyByReview):
        menu_items[:] = [item for item in menu_items if item.name != "action-restart-workflow"]


@hooks.register("before_bulk_action")
def no_posts_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Say why posts are not published from a list."""
    chosen = [key for key in request.GET.getlist("id") if key.isdecimal()]  # `objects` are those one may
    if action_type != "publish":
        return None
    kinds = Page.objects.filter(pk__in=chosen).values_list("content_type", flat=True).distinct()
    classes = [ContentType.objects.get_for_id(kind).model_class() for kind in kinds]
    if not any(issubclass(each, OnlyByReview) for each in classes if each):
        return None
    messages.error(
        request,
        _(
            "Nothing was published: this goes live when somebody else has approved it."
            " Open it and send it for review."
        ),
    )
    return HttpResponseRedirect(reverse("wagtailadmin_explore_root"))


@hooks.register("register_log_actions")
def acknowledged(actions: LogActionRegistry) -> None:
    """Name in the history of a post what its writer has said is meant so."""

    @actions.register_action("news.meant_so")
    class MeantSo(LogFormatter):
        label = gettext_lazy("Meant so")

        def format_message(self, log_entry: Any) -> str:
            said = "；".join(log_entry.data.get("findings", []))
            return _("Sent for review, and meant so: %(findings)s") % {"findings": said}


@hooks.register("insert_global_admin_css")
def findings_beside_the_editor() -> SafeString:
    """Load the styles of what was found."""
    return format_html('<link rel="stylesheet" href="{}">', static("news/findings-admin.css"))
