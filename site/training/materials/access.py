"""Who may download a material."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from training.learning.enrolments import Enrolment
from training.materials.models import Material


def may_download(*, material: Material, user: User | AnonymousUser) -> bool:
    """Tell whether `user` may take the editions of `material`; at most 4 queries.

    Everybody may where it is public and so is its course; else who holds a place of the course, and who looks
    after materials.
    """
    if material.access == Material.Access.PUBLIC and not material.course.get_view_restrictions().exists():
        return True
    if not isinstance(user, User):
        return False
    holding = Enrolment.objects.holding().filter(trainee__user=user, course=material.course_id)
    return user.has_perm("training.view_material") or holding.exists()
