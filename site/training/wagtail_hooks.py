"""What training adds to the back office."""

from wagtail import hooks

import training.courses.removing  # noqa: F401 - registers its own
from training.exams.desk.questions import QuestionChooserViewSet, question_chooser
from training.menu import TrainingViewSetGroup
from training.videos.desk.chooser import VideoChooserViewSet, video_chooser


@hooks.register("register_admin_viewset")
def viewsets() -> TrainingViewSetGroup:
    """Register the menu of training."""
    return TrainingViewSetGroup()


@hooks.register("register_admin_viewset")
def choosers() -> VideoChooserViewSet:
    """Register the chooser of videos."""
    return video_chooser


@hooks.register("register_admin_viewset")
def questions() -> QuestionChooserViewSet:
    """Register the chooser of questions."""
    return question_chooser
