"""The tables of this app, by folder: courses, learning."""

from training.courses.course import CoursePage
from training.courses.index import TrainingIndexPage
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.learning.trainees import Trainee

__all__ = ["CoursePage", "Enrolment", "Kind", "LessonPage", "Trainee", "TrainingIndexPage"]
