"""What stands in the form of a batch beside its fields."""

from typing import Any

from wagtail.admin.panels import Panel


class NextSteps(Panel):
    """What a saved batch is for: its codes, its events, its public page."""

    class BoundPanel(Panel.BoundPanel):
        """The steps of one batch."""

        template_name = "record/admin/next_steps.html"

        def is_shown(self) -> bool:
            """Tell whether there is a batch yet."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Give the template the batch."""
            return {**super().get_context_data(parent_context), "batch": self.instance}
