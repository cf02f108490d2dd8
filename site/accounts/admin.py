"""Oscar's choosers need the user to be known to Django's admin, which has no URL here (admin.E039)."""

from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Searchable by what people sign in with."""

    search_fields = ["email", "phone"]
