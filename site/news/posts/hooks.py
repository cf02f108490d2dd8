"""What writing a post needs in the back office beyond Wagtail's own."""

from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("insert_editor_js")
def paste_plainly() -> SafeString:
    """Make what is pasted from Word and WeChat plain, and say what could not be taken over."""
    words = {
        "picture": _("[A picture stood here: put it in with a picture block.]"),
        "pictures": _("Pictures were not copied along: put them in with picture blocks where it says so."),
        "tables": _("The table became lines: copy them into a table block."),
    }
    script = static("news/paste.js")
    return json_script(words, "paste-words") + format_html('<script type="module" src="{}"></script>', script)
