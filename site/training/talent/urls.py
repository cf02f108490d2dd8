"""Addresses of the talent pool: public posts, the trainee's own pages, the members' pages."""

from django.urls import path

from training.talent import job_views, mine_views, our_job_views, people_views

urlpatterns = [
    path("talent/", job_views.about, name="talent"),
    path("talent/jobs/", job_views.jobs, name="jobs"),
    path("talent/jobs/<int:pk>/", job_views.job, name="job"),
    path("talent/people/", people_views.search, name="people"),
    path("talent/people/<int:pk>/", people_views.person, name="person"),
    path("talent/people/<int:pk>/ask/", people_views.ask_page, name="ask"),
    path("talent/asked/", people_views.asked_list, name="asked-list"),
    path("talent/asked/<int:pk>/", people_views.asked, name="asked"),
    path("talent/our-jobs/", our_job_views.our_jobs, name="our-jobs"),
    path("talent/our-jobs/new/", our_job_views.new, name="new-job"),
    path("talent/our-jobs/<int:pk>/", our_job_views.our_job, name="our-job"),
    path("talent/our-jobs/<int:pk>/change/", our_job_views.change, name="change-job"),
    path("talent/our-jobs/<int:pk>/close/", our_job_views.close, name="close-job"),
    path("talent/applied/<int:pk>/", our_job_views.answer_application, name="answer-application"),
    path("me/talent/", mine_views.mine, name="my-talent"),
    path("me/talent/join/", mine_views.join, name="join-talent"),
    path("me/talent/change/", mine_views.change, name="change-talent"),
    path("me/talent/leave/", mine_views.leave, name="leave-talent"),
    path("me/talent/anew/", mine_views.agree_anew, name="agree-anew"),
    path("me/talent/forget/", mine_views.forget, name="forget-talent"),
    path("me/talent/looks/", mine_views.looks, name="talent-looks"),
    path("me/talent/requests/", mine_views.requests, name="my-requests"),
    path("me/talent/requests/<int:pk>/", mine_views.request_page, name="my-request"),
    path("me/talent/apply/<int:pk>/", mine_views.apply_page, name="apply"),
    path("me/talent/applications/<int:pk>/back/", mine_views.take_back, name="take-application-back"),
]
