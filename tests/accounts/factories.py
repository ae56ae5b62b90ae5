"""Users, organisations, units and posts for tests."""

from datetime import UTC, date, datetime

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from pourtous.accounts.enums import Capability, DataRole, OrganisationKind, Role
from pourtous.accounts.models import Agreement, Membership, Organisation, Unit, User
from pourtous.accounts.rules.agreements import KINDS_OF_ROLE

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
    """An organisation that may hold personal data; with `without_agreement=True`, one that may not yet."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        without_agreement = factory.Trait(data_role=DataRole.NONE, agreement=None)

    name = factory.Sequence(lambda n: f"Structure {n}")
    kind = OrganisationKind.ASSOCIATION
    data_role = DataRole.PROCESSOR
    agreement = factory.RelatedFactory("tests.accounts.factories.AgreementFactory", "organisation")


class AgreementFactory(factory.django.DjangoModelFactory):
    """What opens personal data to an organisation of this role; in force since 2020, without end."""

    class Meta:
        model = Agreement

    organisation = factory.SubFactory(OrganisationFactory, agreement=None)
    kind = factory.LazyAttribute(lambda one: min(KINDS_OF_ROLE.get(one.organisation.data_role, ["charter"])))
    reference = factory.Sequence(lambda n: f"2020-{n}")
    signed_on = date(2020, 1, 1)
    starts_on = date(2020, 1, 1)
    recorded_at = datetime(2020, 1, 1, 12, tzinfo=UTC)


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
    "AgreementFactory",
    "Authenticator",
    "MembershipFactory",
    "OrganisationFactory",
    "UnitFactory",
    "UserFactory",
    "someone",
]
