"""Addresses under /brand/activities/. No activity may be called `mine`."""

from django.urls import path

from association.activities import code_views, door_views, mine_views, sign_up_views, views

urlpatterns = [
    path("", views.activity_list, name="activities"),
    path("mine/", mine_views.mine, name="my-activities"),
    path("mine/<str:token>/", mine_views.one, name="sign-up"),
    path("mine/<str:token>/accept/", mine_views.accept_place, name="sign-up-accept"),
    path("mine/<str:token>/cancel/", mine_views.cancel_place, name="sign-up-cancel"),
    path("<slug:slug>.ics", views.calendar, name="activity-calendar"),
    path("<slug:slug>/", views.activity, name="activity"),
    path("<slug:slug>/sign-up/", sign_up_views.sign_up_page, name="activity-sign-up"),
    path("<slug:slug>/sign-up/code/", code_views.code_page, name="activity-code"),
    path("<slug:slug>/check-in/", door_views.door, name="activity-door"),
    path("<slug:slug>/screen/", door_views.screen, name="activity-screen"),
    path("<slug:slug>/screen/now/", door_views.screen_now, name="activity-screen-now"),
]
