"""Addresses under /cms/news/review/."""

from django.urls import path

from news.review.desk import PostReviewView, not_decided

app_name = "news_review"
urlpatterns = [
    path("<int:pk>/", PostReviewView.as_view(), name="post"),
    path("<int:pk>/not-decided/", not_decided, name="page"),
]
