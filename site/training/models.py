"""The tables of this app, by folder."""

from training.certificates.certificate import Certificate
from training.certificates.keys import BadgeKey
from training.certificates.terms import CertificateTerms
from training.classes.bookings import Booking
from training.classes.check_ins import CheckIn
from training.classes.feedback import Feedback
from training.classes.follow_ups import FollowUp, FollowUpTry
from training.classes.meetings import Meeting
from training.classes.photos import ClassPhoto
from training.classes.rooms import Equipment, Room
from training.classes.training_class import TrainingClass
from training.courses.course import CoursePage
from training.courses.index import TrainingIndexPage
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.courses.parts import CourseAudience, CourseTeacher, Prerequisite
from training.discussion.contributions import Contribution, Report
from training.discussion.notes import Note
from training.discussion.teacher_questions import TeacherQuestion
from training.exams.attempts import Attempt, AttemptItem
from training.exams.markings import Appeal, Marking
from training.exams.papers import DrawingRule, Exam, FixedQuestion
from training.exams.questions import Option, Question
from training.figures.targets import TrainingTarget
from training.learning.course_places import CoursePlaces
from training.learning.enrolments import Enrolment
from training.learning.trainees import Trainee
from training.materials.models import Material, MaterialEdition, PrintedCopies
from training.talent.applications import JobApplication
from training.talent.bars import EmployerBar
from training.talent.consents import TalentConsent
from training.talent.contacts import ContactRequest
from training.talent.job_posts import JobPost
from training.talent.looks import TalentLook
from training.talent.profiles import Talent, TalentAbility, TalentInterest
from training.teachers.index import TeachersPage
from training.teachers.page import Qualification, TeacherPage
from training.videos.upload import VideoUpload
from training.videos.video import Rendition, Video
from training.watching.clocks import WatchClock
from training.watching.lesson_progress import LessonProgress

__all__ = [
    "Appeal",
    "Attempt",
    "AttemptItem",
    "BadgeKey",
    "Booking",
    "Certificate",
    "CertificateTerms",
    "CheckIn",
    "ClassPhoto",
    "ContactRequest",
    "Contribution",
    "CourseAudience",
    "CoursePage",
    "CoursePlaces",
    "CourseTeacher",
    "DrawingRule",
    "EmployerBar",
    "Enrolment",
    "Equipment",
    "Exam",
    "Feedback",
    "FixedQuestion",
    "FollowUp",
    "FollowUpTry",
    "JobApplication",
    "JobPost",
    "Kind",
    "LessonPage",
    "LessonProgress",
    "Marking",
    "Material",
    "MaterialEdition",
    "Meeting",
    "Note",
    "Option",
    "Prerequisite",
    "PrintedCopies",
    "Qualification",
    "Question",
    "Rendition",
    "Report",
    "Room",
    "Talent",
    "TalentAbility",
    "TalentConsent",
    "TalentInterest",
    "TalentLook",
    "TeacherPage",
    "TeacherQuestion",
    "TeachersPage",
    "Trainee",
    "TrainingClass",
    "TrainingIndexPage",
    "TrainingTarget",
    "Video",
    "VideoUpload",
    "WatchClock",
]
