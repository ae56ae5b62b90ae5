"""Users, organisations, units and posts for tests."""

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from pourtous.accounts.enums import Capability, OrganisationKind, Role
from pourtous.accounts.models import Membership, Organisation, Unit, User

PASSWORD = "quatre chevaux paisibles"


class UserFactory(factory.django.DjangoModelFactory):
    """A professional with a second factor; `with_second_factor=False` for one who has none yet."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"agent{n}@structure.example")
    name = factory.Sequence(lambda n: f"Agent {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def with_second_factor(self, create, extracted, **_kwargs):
        if create and extracted is not False:
            TOTP.activate(self, generate_totp_secret())
            RecoveryCodes.activate(self)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Structure {n}")
    kind = OrganisationKind.ASSOCIATION


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Équipe {n}")
    capabilities = ()


class MembershipFactory(factory.django.DjangoModelFactory):
    """`MembershipFactory(unit__capabilities=["steering"], role="manager").user` is somebody with this right."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.MEMBER


def someone(*capabilities: Capability, role: Role = Role.MEMBER, **user) -> User:
    """A user with one post in a new unit that has these capabilities."""
    held = {f"user__{name}": value for name, value in user.items()}
    return MembershipFactory(unit__capabilities=capabilities, role=role, **held).user


__all__ = [
    "PASSWORD",
    "Authenticator",
    "MembershipFactory",
    "OrganisationFactory",
    "UnitFactory",
    "UserFactory",
    "someone",
]
