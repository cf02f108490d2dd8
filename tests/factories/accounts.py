"""People who sign in."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import give_role

PASSWORD = "jin-huang-da-cong-9"


class UserFactory(DjangoModelFactory):
    """Somebody with a confirmed e-mail address; pass `email=None, phone=…` for somebody without."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    last_name = "李"
    first_name = "红"
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, email=None, password=None, **fields):
        return User.objects.create_user(email, password, **{"verified": True, **fields})


def person(role: str, **fields) -> User:
    """Return somebody with that role."""
    user = UserFactory(**fields)
    give_role(user, role)
    return user
