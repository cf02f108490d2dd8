"""The menu of those who teach: what is asked for every week first, what is set once last."""

from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from training.certificates.back_office import CertificateTermsViewSet, CertificateViewSet
from training.classes.desk.classes import ClassViewSet
from training.classes.desk.follow_ups import FollowUpViewSet
from training.classes.desk.rooms import BookingViewSet, EquipmentViewSet, RoomViewSet
from training.courses.desk import CourseListing, TeacherListing
from training.discussion.back_office import ContributionViewSet, TeacherQuestionViewSet
from training.exams.desk.exams import ExamViewSet
from training.exams.desk.marking import PaperViewSet
from training.exams.desk.questions import QuestionViewSet
from training.figures.back_office import TargetViewSet
from training.figures.views import FiguresViewSet
from training.learning.back_office import EnrolmentViewSet
from training.materials.desk import CopiesViewSet, MaterialViewSet
from training.talent.desk.viewsets import (
    ContactRequestViewSet,
    EmployerBarViewSet,
    JobPostViewSet,
    TalentViewSet,
)
from training.videos.desk.viewset import VideoViewSet


class TrainingViewSetGroup(ViewSetGroup):
    """Training: courses and what belongs to them, classes, exams, certificates, figures, talent."""

    menu_label = pgettext_lazy("back office", "Training")
    menu_name = "training"
    menu_icon = "clipboard-list"
    menu_order = 220
    items: tuple[Any, ...] = (
        CourseListing,
        TeacherListing,
        EnrolmentViewSet,
        TeacherQuestionViewSet,
        ContributionViewSet,
        ClassViewSet,
        BookingViewSet,
        FollowUpViewSet,
        VideoViewSet,
        MaterialViewSet,
        CopiesViewSet,
        ExamViewSet,
        PaperViewSet,
        QuestionViewSet,
        CertificateViewSet,
        TalentViewSet,
        JobPostViewSet,
        ContactRequestViewSet,
        EmployerBarViewSet,
        FiguresViewSet,
        TargetViewSet,
        CertificateTermsViewSet,
        RoomViewSet,
        EquipmentViewSet,
    )
