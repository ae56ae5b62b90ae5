"""A person, and what somebody checked about them."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import new_code, uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.enums import CriterionKind, Gender, HomeKind, PersonState, Reach, Status
from pourtous.territories.models import Commune


def held(purpose: str, erasure: Erasure = Erasure.EMPTIED) -> Personal:
    """A personal column of people helped: public interest, two years after the last contact."""
    return Personal(
        purpose=purpose,
        basis=Basis.PUBLIC_INTEREST,
        retention=gettext_noop("Two years after the last contact."),
        erasure=erasure,
    )


WHO = held(gettext_noop("To help a person without asking them to tell their story again."))
REACH = held(gettext_noop("To reach a person about the help they asked for."))
FIGURES = held(gettext_noop("To know who is helped and who is not, without names."))
SAME = held(gettext_noop("To see that a person already has a file, without showing it."))
CHECKED = held(gettext_noop("To know what a person has a right to."), Erasure.ROW_DELETED)


def new_person_code() -> str:
    """A code of eight letters, printed on papers in place of the name."""
    return new_code(8)


class Person(models.Model):
    """Somebody helped, in as few words as serve. Anonymised: emptied, but the row and its id stay for counting."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_person_code, editable=False)
    state = models.CharField(max_length=12, choices=PersonState, default=PersonState.ACTIVE)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=16, choices=Gender, default=Gender.UNKNOWN)
    status = models.CharField(max_length=16, choices=Status, default=Status.UNKNOWN)

    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    home_kind = models.CharField(max_length=14, choices=HomeKind, default=HomeKind.RESIDENCE)

    reach = models.CharField(max_length=14, choices=Reach, default=Reach.SMS)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=300, blank=True)  # lines parted by line breaks; for letters only
    reach_through = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=8, default="fr")  # what to speak and write to them in: BCP 47

    agrees_to_be_found = models.BooleanField(default=False)  # another unit may be told who to ask
    name_hash = models.CharField(max_length=64, blank=True, db_index=True)  # keyed: folded names and birth year
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)  # keyed
    search_text = models.CharField(max_length=200, blank=True)  # folded names

    last_contact_on = models.DateField()
    notified_on = models.DateField(null=True, blank=True)  # told that the file goes in 30 days
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")
    created_by_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={
            "first_name": WHO,
            "last_name": WHO,
            "birth_year": WHO,
            "gender": FIGURES,
            "status": FIGURES,
            "commune": WHO,
            "home_kind": WHO,
            "reach": REACH,
            "phone": REACH,
            "email": REACH,
            "postal_address": REACH,
            "reach_through": REACH,
            "language": REACH,
            "name_hash": SAME,
            "phone_hash": SAME,
            "search_text": WHO,
        },
        other="id code state agrees_to_be_found last_contact_on notified_on merged_into created_by_unit created_at "
        "anonymised_at",
    )

    class Meta:
        ordering = ("last_name", "first_name", "id")
        indexes = (models.Index(fields=("state", "last_contact_on"), name="person_last_contact"),)
        constraints = (
            models.CheckConstraint(
                name="person_merged_or_not",
                condition=models.Q(state=PersonState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=PersonState.MERGED) & models.Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="anonymised_person_is_empty",
                condition=~models.Q(state=PersonState.ANONYMISED)
                | models.Q(
                    first_name="", last_name="", birth_year=None, phone="", email="", name_hash="", search_text=""
                ),
            ),
        )

    def __str__(self) -> str:
        return self.code  # the journal keeps this: never a name

    @property
    def name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class Criterion(models.Model):
    """A criterion: "checked by P on D, valid until E". A new check is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(max_length=20, choices=CriterionKind)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # first day on which it no longer counts
    withdrawn_on = models.DateField(null=True, blank=True)

    privacy = Declared(
        personal={"person": CHECKED, "kind": CHECKED, "checked_on": CHECKED, "valid_until": CHECKED},
        other="id checked_by unit withdrawn_on",
    )

    class Meta:
        ordering = ("-checked_on", "-id")
        indexes = (models.Index(fields=("valid_until",), name="criterion_end"),)

    def __str__(self) -> str:
        return str(self.get_kind_display())
