"""Choosing a person, a commune or a unit in any form. Other apps use these."""

from pourtous.people.fields.communes import CommuneField
from pourtous.people.fields.persons import PersonField, PersonPicker
from pourtous.people.fields.units import UnitField

__all__ = ("CommuneField", "PersonField", "PersonPicker", "UnitField")
