"""Addresses under /shop/questions/."""

from django.urls import path

from shop.questions import views

app_name = "shop-questions"
urlpatterns = [
    path("<int:pk>/", views.questions_of, name="list"),
    path("<int:pk>/ask/", views.ask_about, name="ask"),
]
