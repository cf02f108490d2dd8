"""Addresses under /shop/desk/statements/."""

from django.urls import path

from shop.settlement.desk import views

urlpatterns = [
    path("", views.statements, name="statements"),
    path("<str:number>.pdf", views.pdf, name="statement-pdf"),
    path("<str:number>.xlsx", views.xlsx, name="statement-xlsx"),
    path("<str:number>/", views.statement, name="statement"),
]
