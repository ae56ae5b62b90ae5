"""Writes about people: what other apps call."""

from pourtous.people.operations.persons import contacted as contacted
from pourtous.people.operations.persons import register as register
from pourtous.people.operations.readings import read_file as read_file
from pourtous.people.operations.telling import tell as tell
