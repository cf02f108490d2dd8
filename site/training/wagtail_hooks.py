"""What training adds to the back office."""

from wagtail import hooks

from training.menu import TrainingViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> TrainingViewSetGroup:
    """Register the menu of training."""
    return TrainingViewSetGroup()
