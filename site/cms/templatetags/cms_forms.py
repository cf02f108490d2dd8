"""Form fields in the look of the site. `{% load cms_forms %}`, used by cms/includes/field.html."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def kind(field: BoundField) -> str:
    """Tell how a field is laid out: hidden, tick (a lone checkbox), choice (things to press) or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "choice" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """Render the widget with the site's class; Django links it to its hint and error by itself."""
    classes = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {classes}".strip()} if kind(field) == "line" else None)
