"""The tables of this app, by folder."""

from training.courses.course import CoursePage
from training.courses.index import TrainingIndexPage
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.courses.parts import CourseAudience, CourseTeacher, Prerequisite
from training.discussion.contributions import Contribution, Report
from training.discussion.notes import Note
from training.discussion.teacher_questions import TeacherQuestion
from training.learning.course_places import CoursePlaces
from training.learning.enrolments import Enrolment
from training.learning.trainees import Trainee
from training.materials.models import Material, MaterialEdition, PrintedCopies
from training.teachers.index import TeachersPage
from training.teachers.page import Qualification, TeacherPage
from training.videos.upload import VideoUpload
from training.videos.video import Rendition, Video
from training.watching.clocks import WatchClock
from training.watching.lesson_progress import LessonProgress

__all__ = [
    "Contribution",
    "CourseAudience",
    "CoursePage",
    "CoursePlaces",
    "CourseTeacher",
    "Enrolment",
    "Kind",
    "LessonPage",
    "LessonProgress",
    "Material",
    "MaterialEdition",
    "Note",
    "Prerequisite",
    "PrintedCopies",
    "Qualification",
    "Rendition",
    "Report",
    "TeacherPage",
    "TeacherQuestion",
    "TeachersPage",
    "Trainee",
    "TrainingIndexPage",
    "Video",
    "VideoUpload",
    "WatchClock",
]
