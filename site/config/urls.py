"""Routes. Codes and machines come first, people's pages in both languages next, Wagtail's pages last."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import cms_sign_in
from api.urls import machine_urlpatterns as api
from cms.media import media
from cms.serving import serve
from cms.urls import machine_urlpatterns as files_of_the_site
from config import health
from record.urls import machine_urlpatterns as codes
from shop.payments.urls import machine_urlpatterns as payments
from telemetry.urls import machine_urlpatterns as cameras

handler500 = "cms.errors.broken"
shop_urls = apps.get_app_config("oscar").urls[0]  # type: ignore[attr-defined]

urlpatterns = [
    *codes,
    *cameras,
    *files_of_the_site,
    *api,
    *payments,
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    # nginx answers for these in production
    re_path(r"^media/(?P<path>.*)$", media),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        # first, for its steps of buying: the addresses are tried one by one
        path("shop/", include("shop.urls")),
        path("shop/", include(shop_urls)),
        path("cms/login/", cms_sign_in),
        path("cms/", include(wagtailadmin_urls)),
        path("accounts/notices/", include("notices.urls")),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("fragments/", include("cms.urls")),
        path("trace/", include("record.urls")),
        path("bases/", include("bases.urls")),
        path("brand/", include("association.urls")),
        path("members/", include("association.desk.urls")),
        path("openness/letters/", include("openness.urls")),
        path("news/", include("news.urls")),
        path("training/", include("training.urls")),
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
