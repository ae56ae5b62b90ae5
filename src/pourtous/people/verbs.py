"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "people.register": _("Registered a person"),
        "people.update": _("Corrected a file"),
        "people.follow": _("Began to follow a person"),
        "people.end_follow_up": _("Ended a follow-up"),
        "people.resume_follow_up": _("Took up a follow-up again"),
        "people.hand_over": _("Gave a person to another unit"),
        "people.write_note": _("Wrote a note for the unit"),
        "people.check": _("Checked criteria"),
        "people.withdraw": _("Withdrew a criterion"),
        "people.add_relation": _("Noted who stands beside a person"),
        "people.remove_relation": _("Removed who stood beside a person"),
        "people.open_file": _("Opened a file with a reason"),
        "people.see_opening": _("Looked at a file opened with a reason"),
        "people.read_many": _("Opened very many files within an hour"),
        "people.merge": _("Made one file of two"),
        "people.unmerge": _("Took apart two files made one"),
        "people.anonymise": _("Let go of a file"),
        "people.see_bulk_reading": _("Looked at an alert about many files"),
        "people.found_elsewhere": _("Was told that another unit follows a similar person"),
        "people.rehash": _("Wrote the hashes of files anew"),
        "people.access_file": _("Handed a person their data"),
        "people.receive_request": _("Received a request about data"),
        "people.extend_request": _("Took more time for a request about data"),
        "people.answer_request": _("Answered a request about data"),
        "people.still_in_contact": _("Kept a file: still in contact"),
        "people.draw_up_list": _("Drew up a list of files to let go of"),
        "people.record_visa": _("Recorded an archivist’s visa"),
        "people.prepare_mandate": _("Prepared a mandate"),
        "people.sign_mandate": _("Recorded a signed mandate"),
        "people.withdraw_mandate": _("Withdrew a mandate"),
        "people.send_import": _("Sent a file of people to import"),
        "people.import": _("Imported a file of people"),
        "people.eliminate": _("Let go of the files of a list"),
    }
)
