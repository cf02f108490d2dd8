"""Addresses below /training/exams/."""

from django.urls import path

from training.exams import acts, views

app_name = "exams"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.exam, name="exam"),
    path("quiz/<int:lesson>/", views.quiz, name="quiz"),
    path("attempts/<int:pk>/", views.attempt, name="attempt"),
    path("attempts/<int:pk>/answers/", acts.answers, name="answers"),
    path("attempts/<int:pk>/save/", acts.save, name="save"),
    path("attempts/<int:pk>/hand-in/", acts.hand_in_paper, name="hand-in"),
    path("attempts/<int:pk>/check/", acts.check_answer, name="check"),
    path("attempts/<int:pk>/appeal/", acts.appeal_result, name="appeal"),
]
