"""Addresses under /cms/news/review/."""

from django.urls import path

from news.review.desk import PostReviewView

app_name = "news_review"
urlpatterns = [path("<int:pk>/", PostReviewView.as_view(), name="post")]
