"""One account for each role, so that every side of the product can be tried."""

from django.conf import settings

from accounts.models import User
from accounts.roles import give_role
from demo.load.calendar import Calendar
from demo.load.secrets import Secrets

# role: family name, given name
PEOPLE = {
    "admin": ("管", "理员"),
    "editor": ("周", "敏"),
    "reviewer": ("申", "志刚"),
    "brand_officer": ("郝", "国平"),
    "trace_operator": ("赵", "芳"),
    "clerk": ("刘", "美玲"),
    "shop_operator": ("韩", "晓燕"),
    "supplier": ("李", "长根"),
    "teacher": ("郭", "建平"),
    "training_officer": ("魏", "春燕"),
    "member": ("王", "秀兰"),
    "trainee": ("常", "小满"),
    "consumer": ("陈", "一"),
}
WITHOUT_ROLE = {"admin", "consumer"}  # the administrator may do everything, a consumer is anybody


def login(role: str) -> str:
    """Return what the demo's person of that role signs in with."""
    return f"{role.replace('_', '-')}@example.com"


def add_people(calendar: Calendar, secrets: Secrets) -> None:
    """Add the accounts that are not there yet; one that is there keeps its password if we still know it."""
    known = set(User.objects.filter(email__in=map(login, PEOPLE)).values_list("email", flat=True))
    for role in PEOPLE:
        if login(role) not in known:
            _add(role, calendar, secrets[login(role)])
        elif login(role) not in secrets:
            user = User.objects.get(email=login(role))
            user.set_password(secrets[login(role)])
            user.save(update_fields=["password"])


def _add(role: str, calendar: Calendar, password: str) -> None:
    family, given = PEOPLE[role]
    names = {"last_name": family, "first_name": given}
    if role == "admin":
        user = User.objects.create_superuser(login(role), password, **names)
    else:
        user = User.objects.create_user(login(role), password, verified=True, **names)
    user.accept_privacy(version=settings.PRIVACY_VERSION, at=calendar.at)
    user.save()
    if role not in WITHOUT_ROLE:
        give_role(user, role)
