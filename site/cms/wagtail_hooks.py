"""What the frame of pages adds to the back office."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.choosers import base_chooser, product_chooser

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_viewset")
def choosers() -> list[ChooserViewSet]:
    """Register the choosers of products and bases."""
    return [product_chooser, base_chooser]


@hooks.register("insert_global_admin_css")
def seal_in_the_sidebar() -> SafeString:
    """Load the styles of the county's seal."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/admin.css"))


@hooks.register("insert_editor_js")
def one_save_after_the_other() -> SafeString:
    """Let a button wait until the editor has saved by itself."""
    return format_html('<script type="module" src="{}"></script>', static("cms/js/saving.js"))


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, menu_items: "list[MenuItem]") -> None:
    """Show Wagtail's own help, news of its versions in English, only to who runs the site."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "help"]
