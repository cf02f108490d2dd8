"""Routes. Codes and machines come first, people's pages in both languages next, Wagtail's pages last."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("cms/", include(wagtailadmin_urls)),
        path("accounts/", include("allauth.urls")),
        path("shop/", include(apps.get_app_config("oscar").urls[0])),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
