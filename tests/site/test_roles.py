"""Roles: each may do its own work in the back office and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from accounts.groups import sync_roles
from accounts.models import Role, User
from accounts.roles import ROLES, UnknownRole, give_role, has_role, roles_of, take_role, unknown_rights
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county, news_index, training_index

pytestmark = pytest.mark.django_db

INSIDE = [
    "editor",
    "reviewer",
    "brand_officer",
    "trace_operator",
    "clerk",
    "shop_operator",
    "teacher",
    "training_officer",
]
OUTSIDE = ["supplier", "member", "trainee"]


def test_there_are_the_eleven_roles_and_each_has_a_group_after_migrate() -> None:
    assert set(Role.objects.values_list("slug", flat=True)) == set(ROLES) == {*INSIDE, *OUTSIDE}


def test_every_right_of_the_table_exists() -> None:
    assert unknown_rights() == set()


def test_groups_of_wagtail_and_oscar_are_taken_over_not_doubled() -> None:
    names = set(Group.objects.values_list("name", flat=True))
    assert not names & {"Editors", "Moderators", "All Oscar Dashboard Permissions"}
    assert Group.objects.count() == len(ROLES)


def test_a_group_that_comes_later_is_merged_with_its_people() -> None:
    user = UserFactory()
    user.groups.add(Group.objects.create(name="All Oscar Dashboard Permissions"))
    sync_roles()
    assert has_role(user, "shop_operator") and Group.objects.count() == len(ROLES)


def _state() -> tuple[set, set]:
    return (
        set(Group.permissions.through.objects.values_list("group_id", "permission_id")),
        set(GroupPagePermission.objects.values_list("group_id", "page_id", "permission_id")),
    )


def test_syncing_again_changes_nothing() -> None:
    before = _state()
    sync_roles()
    assert _state() == before


def test_syncing_takes_away_what_the_table_does_not_give_and_leaves_other_groups() -> None:
    own = Group.objects.create(name="自己建的")
    extra = Permission.objects.get(codename="delete_user")
    own.permissions.add(extra)
    clerk = Role.objects.get(slug="clerk").group
    clerk.permissions.add(extra)
    clerk.name = "录入"
    clerk.save()
    sync_roles()
    clerk.refresh_from_db()
    assert not clerk.permissions.filter(pk=extra.pk).exists()
    assert clerk.name == "录入"
    assert own.permissions.filter(pk=extra.pk).exists()


def test_roles_are_given_and_taken() -> None:
    user = UserFactory()
    give_role(user, "editor")
    give_role(user, "shop_operator")
    assert has_role(user, "editor")
    assert {role.slug for role in roles_of(user)} == {"editor", "shop_operator"}
    take_role(user, "shop_operator")
    assert not has_role(user, "shop_operator")
    with pytest.raises(UnknownRole):
        give_role(user, "king")


@pytest.mark.parametrize("slug", INSIDE)
def test_who_works_inside_may_enter(client: Client, slug: str) -> None:
    county()
    client.force_login(person(slug))
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("slug", OUTSIDE)
def test_who_does_not_may_not(client: Client, slug: str) -> None:
    county()
    client.force_login(person(slug))
    assert client.get("/cms/", follow=True).status_code == 403


FORBIDDEN = ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/collections/", "/cms/redirects/"]


@pytest.mark.parametrize("address", FORBIDDEN)
@pytest.mark.parametrize("slug", INSIDE)
def test_administration_is_for_administrators(client: Client, slug: str, address: str) -> None:
    county()
    client.force_login(person(slug))
    response = client.get(address)
    assert response.status_code in {302, 403, 404}
    assert response.get("Location", "/cms/") == "/cms/"


def page_rights(user: User, page: Page) -> set[str]:
    permissions = page.permissions_for_user(user)
    checks = {
        "edit": permissions.can_edit,
        "publish": permissions.can_publish,
        "add": permissions.can_add_subpage,
    }
    return {name for name, check in checks.items() if check()}


def test_editors_write_reviewers_publish_teachers_keep_to_courses() -> None:
    region = county()
    news, training = news_index(region), training_index(region)
    sync_roles()
    rights = {slug: (page_rights(person(slug), news), page_rights(person(slug), training)) for slug in ROLES}
    everything = {"edit", "publish", "add"}
    assert rights["editor"] == ({"edit", "add"}, {"edit", "add"})
    assert rights["reviewer"] == (everything, everything)
    assert rights["teacher"] == rights["training_officer"] == (set(), everything)
    others = ROLES.keys() - {"editor", "reviewer", "teacher", "training_officer"}
    assert all(rights[slug] == (set(), set()) for slug in others)


def test_menus_show_only_what_a_role_may_use(client: Client) -> None:
    county()
    seen = {}
    for slug in INSIDE:
        client.force_login(person(slug))
        page = client.get("/cms/").content.decode()
        seen[slug] = {
            name
            for name in ("/cms/users/", "/cms/images/", "/cms/reports/", "/cms/shop-overview/")
            if name in page
        }
    assert all("/cms/users/" not in names for names in seen.values())
    assert "/cms/images/" in seen["editor"] and "/cms/images/" not in seen["shop_operator"]
    assert {slug for slug, names in seen.items() if "/cms/shop-overview/" in names} == {"shop_operator"}


# --- users in the back office ----------------------------------------------------------------------


@pytest.fixture
def admin(client: Client) -> User:
    county()
    user = User.objects.create_superuser("root@example.org", "x")
    client.force_login(user)
    return user


NEW = {"password1": "xin-mi-ma-2026", "password2": "xin-mi-ma-2026", "last_name": "", "first_name": ""}


def test_a_user_can_be_made_with_a_phone_and_a_role_only(client: Client, admin: User) -> None:
    group = Role.objects.get(slug="shop_operator").group
    response = client.post(
        "/cms/users/new/", {**NEW, "phone": "138 0000 1234", "email": "", "groups": [group.pk]}
    )
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(phone="+8613800001234")
    assert user.email is None and has_role(user, "shop_operator") and not user.phone_verified


def test_two_users_may_be_made_without_email(client: Client, admin: User) -> None:
    for number in ("13800001234", "13800001235"):
        assert client.post("/cms/users/new/", {**NEW, "phone": number, "email": ""}).status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12", "email": ""}, "phone"),
        ({"phone": "", "email": "ROOT@example.org"}, "email"),
    ],
)
def test_a_user_without_a_way_to_be_reached_is_refused_beside_the_field(
    client: Client, admin: User, given: dict, field: str
) -> None:
    response = client.post("/cms/users/new/", {**NEW, **given})
    assert response.status_code == 200 and field in response.context["form"].errors
    assert User.objects.count() == 1


def test_a_user_can_be_changed_found_and_erased(client: Client, admin: User) -> None:
    user = UserFactory(email="li@example.org", phone="13800001234")
    assert client.get(f"/cms/users/edit/{user.pk}/").status_code == 200
    given = {"email": "", "phone": "13800001235", "is_active": "on", "last_name": "李", "first_name": ""}
    assert client.post(f"/cms/users/edit/{user.pk}/", given).status_code == 302
    user.refresh_from_db()
    assert (user.phone, user.email, user.phone_verified) == ("+8613800001235", None, False)
    assert not user.emailaddress_set.exists()
    listing = client.get("/cms/users/?q=1380000").content.decode()
    assert f"/cms/users/edit/{user.pk}/" in listing
    client.post(f"/cms/users/delete/{user.pk}/")
    user.refresh_from_db()
    assert user.erased_at and user.phone is None
    assert f"/cms/users/edit/{user.pk}/" not in client.get("/cms/users/").content.decode()


def test_users_deleted_in_bulk_are_erased(client: Client, admin: User) -> None:
    users = [UserFactory(), UserFactory()]
    ids = "&".join(f"id={user.pk}" for user in users)
    client.post(f"/cms/bulk/accounts/user/delete/?{ids}", {"id": [user.pk for user in users]})
    assert User.objects.filter(pk__in=[user.pk for user in users], erased_at__isnull=False).count() == 2


DESKS = {
    "/cms/record-batches/": {"trace_operator", "clerk"},
    "/cms/record-batches/new/": {"trace_operator"},
    "/cms/record-events/new/": {"trace_operator", "clerk"},
    "/cms/record-codes/": {"trace_operator", "clerk"},
    "/cms/telemetry-bases/new/": {"trace_operator"},
    "/cms/devices/": {"trace_operator"},
    "/cms/images/": {
        "editor",
        "reviewer",
        "brand_officer",
        "trace_operator",
        "clerk",
        "teacher",
        "training_officer",
    },
}


@pytest.mark.parametrize("desk", DESKS)
def test_each_desk_is_for_those_who_work_at_it(client: Client, desk: str) -> None:
    county()
    entered = set()
    for slug in INSIDE:
        client.force_login(person(slug))
        response = client.get(desk)
        if response.status_code == 200:
            entered.add(slug)
        else:
            assert response.status_code in {302, 403}
    assert entered == DESKS[desk]
