"""The menu of those who teach: what is asked for every week first, what is set once last."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from training.certificates.back_office import CertificateTermsViewSet, CertificateViewSet
from training.courses.desk import CourseListing, TeacherListing
from training.materials.desk import CopiesViewSet, MaterialViewSet


class TrainingViewSetGroup(ViewSetGroup):
    """Training: courses and what belongs to them, classes, exams, certificates, figures, talent."""

    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "clipboard-list"
    menu_order = 220
    items: tuple[Any, ...] = (
        CourseListing,
        TeacherListing,
        MaterialViewSet,
        CopiesViewSet,
        CertificateViewSet,
        CertificateTermsViewSet,
    )
