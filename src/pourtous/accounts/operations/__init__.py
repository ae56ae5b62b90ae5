"""Writes about organisations, people and invitations."""

from pourtous.accounts.operations.agreements import correct_agreement, end_agreement, record_agreement
from pourtous.accounts.operations.invitations import (
    accept_as_new,
    accept_as_user,
    cancel_invitation,
    invite,
    resend_invitation,
)
from pourtous.accounts.operations.organisations import (
    create_organisation,
    create_unit,
    set_organisation_active,
    set_unit_active,
    update_organisation,
    update_unit,
)
from pourtous.accounts.operations.people import (
    add_member,
    change_role,
    create_user,
    end_sessions,
    remove_member,
    rename_user,
    reset_second_factor,
)

__all__ = [
    "accept_as_new",
    "accept_as_user",
    "add_member",
    "cancel_invitation",
    "change_role",
    "correct_agreement",
    "create_organisation",
    "create_unit",
    "create_user",
    "end_agreement",
    "end_sessions",
    "invite",
    "record_agreement",
    "remove_member",
    "rename_user",
    "resend_invitation",
    "reset_second_factor",
    "set_organisation_active",
    "set_unit_active",
    "update_organisation",
    "update_unit",
]
