"""Addresses of what trainees say, below /training/."""

from django.urls import path

from training.discussion import views

urlpatterns = [
    path("me/courses/<slug:slug>/discussion/", views.discussion, name="discussion"),
    path("me/lessons/<int:lesson>/words/", views.lesson_words, name="lesson-words"),
    path("me/notes/<int:pk>/remove/", views.remove_note, name="remove-note"),
    path("me/discussion/<int:pk>/report/", views.report_page, name="report-contribution"),
]
