"""Everybody can take their data away and delete their account; deletion works at once."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from oscar.core.loading import get_model

from accounts.deletion import LastAdministrator, delete_account
from accounts.export import personal_data
from accounts.models import User
from notices.models import Notice
from notices.send import send_notice
from tests.factories.accounts import PASSWORD, UserFactory, person
from tests.factories.brand import RegionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
PHONE = "138 0000 1234"


@pytest.fixture(autouse=True)
def _county() -> None:
    RegionFactory()


@pytest.fixture
def user() -> User:
    return UserFactory(email="li@example.org", phone=PHONE, last_name="李", first_name="红")


@pytest.fixture
def order(user: User):
    """An order of that user with address, basket, review and address book."""
    country = get_model("address", "Country").objects.get(pk="CN")
    address = {
        "first_name": "红", "last_name": "李", "line1": "幸福里 7 号", "line4": "长治市", "state": "山西省",
        "postcode": "047500", "country": country, "phone_number": "+8613800001234",
    }  # fmt: skip
    shipping = get_model("order", "ShippingAddress").objects.create(**address, notes="放门口")
    get_model("address", "UserAddress").objects.create(user=user, **address)
    basket = get_model("basket", "Basket").objects.create(owner=user, status="Submitted")
    get_model("basket", "Basket").objects.create(owner=user)
    return get_model("order", "Order").objects.create(
        number="100001", user=user, basket=basket, shipping_address=shipping, currency="CNY",
        total_incl_tax=Decimal("39.80"), total_excl_tax=Decimal("39.80"),
    )  # fmt: skip


def confirmed(client: Client, user: User) -> None:
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_the_export_has_everything_of_the_person_and_nothing_of_others(
    client: Client, user: User, order
) -> None:
    send_notice(kind="unknown_account", to=user.phone, context={"site": "x"}, at=NOW, user=user)
    other = UserFactory(email="other@example.org")
    send_notice(kind="unknown_account", to=other.email, context={"site": "x"}, at=NOW, user=other)
    confirmed(client, user)
    response = client.post("/accounts/export/")
    assert response["Content-Disposition"].startswith('attachment; filename="fengtu-')
    words = response.content.decode()
    data = json.loads(words)
    assert data["account"]["phone"] == "+8613800001234"
    assert data["orders"][0]["number"] == "100001"
    assert "幸福里 7 号" in data["orders"][0]["shipped_to"]["address"]
    assert data["addresses"] and data["messages"]
    assert "other@example.org" not in words and "password" not in data["account"]


def test_export_and_deletion_ask_for_the_password(client: Client, user: User) -> None:
    client.force_login(user)
    for page in ("/accounts/export/", "/accounts/delete/"):
        assert client.get(page)["Location"].startswith("/accounts/reauthenticate/")
        assert client.post(page)["Location"].startswith("/accounts/reauthenticate/")
    user.refresh_from_db()
    assert user.is_active


def test_deletion_says_first_what_stays_and_why(client: Client, user: User, order) -> None:
    confirmed(client, user)
    page = client.get("/accounts/delete/").content.decode()
    assert "<li>" in page
    client.post("/accounts/delete/", {})
    user.refresh_from_db()
    assert user.is_active and user.email == "li@example.org"


def test_deletion_erases_at_once(client: Client, user: User, order) -> None:
    send_notice(kind="unknown_account", to=user.phone, context={"site": "x"}, at=NOW, user=user)
    elsewhere = Client()
    confirmed(elsewhere, user)
    confirmed(client, user)
    response = client.post("/accounts/delete/", {"sure": "on"}, follow=True)
    assert response.status_code == 200
    user.refresh_from_db()
    assert (user.email, user.phone, user.last_name, user.first_name, user.last_login) == (
        None,
        None,
        "",
        "",
        None,
    )
    assert user.erased_at and not user.is_active
    assert elsewhere.get("/accounts/").status_code == 302
    assert not Session.objects.exclude(pk=client.session.session_key).exists()
    assert not EmailAddress.objects.exists() and not Notice.objects.exists()
    again = client.post("/accounts/login/", {"login": "li@example.org", "password": PASSWORD})
    assert again.status_code == 200


def test_an_order_stays_without_the_person(user: User, order) -> None:
    delete_account(user=user, at=NOW)
    order.refresh_from_db()
    assert (order.user, order.total_incl_tax, order.basket.owner) == (None, Decimal("39.80"), None)
    kept = order.shipping_address
    assert (kept.line4, kept.state) == ("长治市", "山西省")
    assert (kept.line1, kept.last_name, kept.first_name, kept.notes, kept.postcode) == ("", "", "", "", "")
    assert not kept.phone_number and "幸福里" not in kept.search_text
    assert not get_model("address", "UserAddress").objects.exists()
    assert get_model("basket", "Basket").objects.count() == 1


def test_the_name_is_free_for_a_new_account(user: User) -> None:
    delete_account(user=user, at=NOW)
    assert UserFactory(email="li@example.org", phone=PHONE).pk != user.pk


def test_the_only_administrator_cannot_leave(client: Client) -> None:
    admin = User.objects.create_superuser("root@example.org", PASSWORD)
    with pytest.raises(LastAdministrator):
        delete_account(user=admin, at=NOW)
    admin.refresh_from_db()
    assert admin.is_active and admin.email
    confirmed(client, admin)
    page = client.post("/accounts/delete/", {"sure": "on"})
    assert page.status_code == 200 and "note bad" in page.content.decode()
    User.objects.create_superuser("second@example.org", PASSWORD)
    delete_account(user=admin, at=NOW)
    admin.refresh_from_db()
    assert not admin.is_superuser


def test_roles_are_gone_with_the_account() -> None:
    editor = person("editor")
    partner = get_model("partner", "Partner").objects.create(name="合作社")
    partner.users.add(editor)
    delete_account(user=editor, at=NOW)
    editor = User.objects.get(pk=editor.pk)
    assert not editor.groups.exists() and not partner.users.exists()
    assert not editor.has_perm("wagtailadmin.access_admin")


def test_every_exporter_has_its_own_section(user: User, settings) -> None:
    settings.ACCOUNT_EXPORTERS = ["accounts.personal.export", "accounts.personal.export"]
    with pytest.raises(ValueError, match="account"):
        personal_data(user=user, at=NOW)


def test_every_table_that_names_a_user_is_known() -> None:
    """A new table with a user must be exported, erased, or listed here with its reason."""
    erased_or_anonymised = {
        "account.EmailAddress", "address.UserAddress", "analytics.UserRecord", "analytics.UserProductView",
        "analytics.UserSearch", "basket.Basket", "communication.Email", "communication.Notification",
        "wagtailcore.APIToken", "partner.Partner", "brand.Representative", "brand.SignUp",
        "brand.MembershipApplication", "telemetry.AlertRule", "telemetry.AlertRule_recipients",
        "customer.ProductAlert", "notices.Notice", "order.Order", "payment.Bankcard", "reviews.ProductReview",
        "reviews.Vote", "fengtu_shop.HeldCoupon", "fengtu_shop.Question", "fengtu_shop.TradeBuyer",
        "fengtu_shop.Station", "fengtu_shop.Station_keepers", "fengtu_shop.Parcel",
        "fengtu_shop.TrackingEvent", "training.TeacherPage", "training.Trainee", "training.Video",
        "training.VideoUpload",
        "voucher.VoucherApplication", "wagtailusers.UserProfile", "wishlists.WishList",
    }  # fmt: skip
    authorship = {
        # who wrote or decided something in the back office: the record keeps its (emptied) author
        "admin.LogEntry", "offer.RangeProductFileUpload", "order.OrderNote", "record.Event", "record.Code",
        "record.EventImport", "fengtu_shop.SheetImport", "record.Carton", "record.CloneAlert",
        "record.CodeAct", "record.ReportStep",
        "record.ConformityCertificate", "record.LaboratoryReport", "record.ResidueTest", "record.NameErasure",
        "record.PrintRun", "record.Printing", "record.Recall", "record.RecalledBatch", "api.ApiToken",
        "upkeep.UpkeepEntry", "brand.PackagingMovement", "brand.PackagingRequest",
        "brand.PackagingReturn", "brand.StockTake",
        "fengtu_shop.Payment", "fengtu_shop.Refund", "fengtu_shop.Repayment",
        "fengtu_shop.StockMovement", "fengtu_shop.StockTake", "fengtu_shop.Statement",
        "brand.Act", "brand.FindingAnswer", "brand.VIAcceptance", "brand.VIDownload",
        "brand.LicenceApplication", "brand.SiteCheck", "brand.Objection", "news.Plan",
        "wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.Comment",
        "wagtailcore.CommentReply", "wagtailcore.ModelLogEntry", "wagtailcore.Page",
        "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription", "wagtailcore.Revision",
        "wagtailcore.TaskState", "wagtailcore.UploadedFile", "wagtailcore.WorkflowState",
        "training.Appeal", "training.Certificate", "training.Marking",
        "training.Booking", "training.CheckIn", "training.ClassPhoto", "training.FollowUp",
        "training.FollowUpTry",
        "training.ContactRequest", "training.EmployerBar", "training.JobPost", "training.TalentLook",
        "training.TrainingClass", "training.Contribution", "training.TeacherQuestion",
        "wagtaildocs.Document", "wagtaildocs.UploadedDocument", "wagtailimages.Image",
        "wagtailimages.UploadedImage",
    }  # fmt: skip
    naming = {
        relation.related_model._meta.label
        for relation in User._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and not relation.concrete
    }
    rights = {"accounts.User_groups", "accounts.User_user_permissions", "partner.Partner_users"}
    assert naming - erased_or_anonymised - authorship - rights == set()
