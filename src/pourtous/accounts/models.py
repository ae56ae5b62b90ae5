"""Users, organisations, units and who belongs where."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import AgreementKind, Capability, DataRole, OrganisationKind, Role
from pourtous.accounts.rules.agreements import AgreementState, Term, state_on
from pourtous.accounts.rules.invitations import InvitationState, state_at
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.runtime.models import StoredFile

_ACCOUNT = Personal(
    purpose="To let professionals sign in and to know who did what.",
    basis=Basis.PUBLIC_INTEREST,
    retention="Two years after the last sign-in.",
    erasure=Erasure.EMPTIED,
)


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """A user who can sign in; without password, once one is chosen."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of a professional."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    warned_at = models.DateTimeField(null=True, blank=True)  # told that the account closes unless they sign in
    erased_at = models.DateTimeField(null=True, blank=True)  # name and address are emptied

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()
    privacy = Declared(
        personal={"email": _ACCOUNT, "name": _ACCOUNT, "last_login": _ACCOUNT},
        other="id password is_active created_at warned_at erased_at",
    )

    def __str__(self) -> str:
        return self.name or str(_("Closed account"))

    @property
    def first_name(self) -> str:
        """How one says hello: the first word of the name."""
        return self.name.split(" ", 1)[0]


class Organisation(models.Model):
    """A legal body that takes part, with its role for personal data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    siret = models.CharField(max_length=14, blank=True)
    data_role = models.CharField(max_length=10, choices=DataRole, default=DataRole.NONE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    privacy = Declared(other="id name kind siret data_role is_active created_at")

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


_SIGNED = Personal(
    purpose="To prove on what terms an organisation may hold personal data (GDPR, articles 5.2, 26 and 28).",
    basis=Basis.LEGAL_OBLIGATION,
    retention="Five years after the agreement ends: it is evidence.",
    erasure=Erasure.KEPT,
)


class Agreement(models.Model):
    """What was signed with an organisation. Never deleted: an agreement is ended, a new one takes over.

    `ends_on` and `ended_on` are the first days on which it no longer counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=12, choices=AgreementKind)
    reference = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # early
    end_reason = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()

    privacy = Declared(
        personal={"document": _SIGNED},
        other="id organisation kind reference signed_on starts_on ends_on ended_on end_reason note recorded_at",
    )

    class Meta:
        ordering = ("-starts_on", "-id")
        indexes = (models.Index(fields=("organisation", "kind", "starts_on"), name="agreement_of_organisation"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="agreement_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, end_reason="")
                | (models.Q(ended_on__gte=models.F("starts_on")) & ~models.Q(end_reason="")),
                name="agreement_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ends_on=None) | models.Q(ended_on__lt=models.F("ends_on")),
                name="agreement_ended_before_its_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"

    def state(self, day: date) -> AgreementState:
        """Where it stands on a day."""
        return state_on(self.term, day)

    @property
    def term(self) -> Term:
        """What the rules look at."""
        return Term(self.kind, self.signed_on, self.starts_on, self.ends_on, self.ended_on)


class Unit(models.Model):
    """A team inside an organisation: what people belong to, and what follows files."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    siret = models.CharField(max_length=14, blank=True)
    capabilities = TermListField()
    is_active = models.BooleanField(default=True)

    privacy = Declared(other="id organisation name siret capabilities is_active")

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="unit_name_in_organisation"),)

    def __str__(self) -> str:
        return self.name

    @property
    def capability_labels(self) -> list[str]:
        """The capabilities in words."""
        return [str(Capability(value).label) for value in self.capabilities if value in Capability.values]

    def can_do(self, capability: Capability) -> bool:
        """Whether the unit has the capability."""
        return capability.value in self.capabilities


class Membership(models.Model):
    """A user's role in a unit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    privacy = Declared(other="id user unit role created_at")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "unit"), name="one_role_in_a_unit"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.role}), {self.unit}"


_INVITED = Personal(
    purpose="To let a professional join their team.",
    basis=Basis.PUBLIC_INTEREST,
    retention="Thirty days after the invitation ends.",
    erasure=Erasure.ROW_DELETED,
)


class Invitation(models.Model):
    """A link sent to somebody to join a unit: single use, seven days. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"email": _INVITED, "invited_by": _ACCOUNT},
        other="id unit role token_digest created_at expires_at accepted_at cancelled_at",
    )

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "email"),
                condition=models.Q(accepted_at=None, cancelled_at=None),
                name="one_invitation_waits",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} ({self.role})"

    def state(self, now: datetime) -> InvitationState:
        """What it is worth at a moment."""
        return state_at(now, expires_at=self.expires_at, accepted_at=self.accepted_at, cancelled_at=self.cancelled_at)
