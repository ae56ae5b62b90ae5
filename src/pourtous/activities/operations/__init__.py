"""Writes: what mediators did."""

from pourtous.activities.operations.record import edit as edit
from pourtous.activities.operations.record import record as record
from pourtous.activities.operations.removal import remove as remove
from pourtous.activities.operations.removal import restore as restore
