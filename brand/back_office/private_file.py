"""The field of a private file: the way to it leads through a view that asks who is looking."""

from dataclasses import dataclass
from typing import Any

from django.forms import ClearableFileInput
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class _Held:
    """The file that is there: what the template of the field asks for."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class PrivateFileInput(ClearableFileInput):
    """Shows the file that is there under the address of `route`, which takes the key of its row."""

    def __init__(self, route: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.route = route

    def is_initial(self, value: Any) -> bool:
        """Tell whether a file is there; its storage has no address."""
        return bool(value) and getattr(value, "instance", None) is not None and bool(value.instance.pk)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Put the checked address in the place of the storage's."""
        context = super().get_context(name, value, attrs)
        if self.is_initial(value):
            row = value.instance
            context["widget"]["value"] = _Held(str(row), reverse(self.route, args=[row.pk]))
        return context
