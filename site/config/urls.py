"""Routes. Codes and machines come first, people's pages in both languages next, Wagtail's pages last."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import cms_sign_in
from config import health


# TEMPORARY while apps land (lead replaces this file)
def _maybe(name, attribute="urlpatterns"):
    try:
        return getattr(import_module(name), attribute, [])
    except ModuleNotFoundError:
        return []


urlpatterns = [
    *_maybe("record.urls", "machine_urlpatterns"),
    *_maybe("cms.urls", "machine_urlpatterns"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    # nginx answers for these in production
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("cms/login/", cms_sign_in),
        path("cms/", include(wagtailadmin_urls)),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("fragments/", include(_maybe("cms.urls"))),
        path("trace/", include(_maybe("record.urls"))),
        path("bases/", include("bases.urls")),
        path("brand/", include("association.urls")),
        path("shop/", include(apps.get_app_config("oscar").urls[0])),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
