"""The form a teacher's page is written with."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from accounts.models import User

TEACHING = ("teacher", "training_officer")  # roles


class TeacherForm(WagtailAdminPageForm):
    """A teacher: the account is one of those that teach, not one of all customers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "account" in self.fields:
            teaching = User.objects.filter(groups__role__slug__in=TEACHING)
            self.fields["account"].queryset = teaching.distinct().order_by("last_name", "first_name", "pk")
