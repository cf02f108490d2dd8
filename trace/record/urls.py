"""Routes of the record: what QR codes contain (no language), and the pages for people (under `trace/`)."""

from django.urls import path, re_path

from record.epcis import views as epcis
from record.field import views as field
from record.pages import cartons, digests, kiosk, papers, photo, pins, reports
from record.pages import views as pages
from record.resolver import views as resolver
from record.sms import views as sms

machine_urlpatterns = [
    re_path(r"^01(?:/(?P<path>.*))?$", resolver.digital_link, name="digital-link"),
    re_path(r"^[tT]/(?P<text>[^/]+)/?$", resolver.short_link, name="short-link"),
    re_path(r"^00/(?P<text>[^/]+)/?$", cartons.link, name="carton-link"),
    path(".well-known/gs1resolver", resolver.description, name="gs1-resolver"),
    path("epcis/events", epcis.events, name="epcis-events"),
    path("epcis/capture", epcis.captures, name="epcis-captures"),
    path("epcis/capture/<uuid:job>", epcis.capture_job, name="epcis-capture"),
]

urlpatterns = [
    path("", pages.lookup, name="trace"),
    path("batches/<str:gtin>/<str:lot>/", pages.batch, name="trace-batch"),
    path("batches/<str:gtin>/<str:lot>/season/", pages.season, name="trace-season"),
    path("products/<str:gtin>/", pages.product, name="trace-product"),
    path("digests/", digests.digests, name="trace-digests"),
    path("digests/<str:day>.json", digests.digest, name="trace-digest"),
    path("certificates/<str:number>/", papers.certificate, name="trace-certificate"),
    path("tests/<str:number>/", papers.residue_test, name="trace-test"),
    path("field/", field.field, name="trace-field"),
    path("field/worker.js", field.worker, name="trace-field-worker"),
    path("cartons/<str:text>/", cartons.carton, name="trace-carton"),
    path("photo/", photo.photo, name="trace-photo"),
    path("sms/", sms.inbound, name="trace-sms"),
    path("kiosk/", kiosk.entry, name="trace-kiosk"),
    path("kiosk/<str:text>/", kiosk.package, name="trace-kiosk-package"),
    path("<str:text>/pin/", pins.check, name="trace-pin"),
    path("reports/", reports.receipts, name="trace-reports"),
    path("reports/<str:number>/", reports.receipt, name="trace-report"),
    path("batches/<str:gtin>/<str:lot>/report/", reports.report_batch, name="trace-report-batch"),
    path("<str:text>/report/", reports.report_code, name="trace-report-code"),
    path("<str:text>/", pages.package, name="trace-package"),
]
