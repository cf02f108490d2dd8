"""What the frame of pages adds to the back office."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def seal_in_the_sidebar() -> SafeString:
    """Load the styles of the county's seal."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/admin.css"))
