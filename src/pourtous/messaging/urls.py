"""Addresses of messaging."""

from django.urls import URLPattern, URLResolver, path

from pourtous.messaging.views import letters, outbox, receipts

urlpatterns: list[URLPattern | URLResolver] = [
    path("travail/messages/", outbox.outbox, name="messages"),
    path("travail/messages/<uuid:identity>/reessayer/", outbox.retry, name="message-retry"),
    path("travail/messages/<uuid:identity>/annuler/", outbox.cancel, name="message-cancel"),
    path("travail/courrier/", letters.mail, name="mail"),
    path("travail/courrier/preparer/", letters.prepare, name="mail-prepare"),
    path("travail/courrier/<uuid:identity>/lettres.pdf", letters.print_batch, name="mail-print"),
    path("travail/courrier/<uuid:identity>/imprime/", letters.confirm, name="mail-confirm"),
    path("travail/courrier/<uuid:identity>/remettre/", letters.undo, name="mail-undo"),
    path("travail/courrier/lettre/<uuid:identity>/reimprimer/", letters.again, name="mail-again"),
    path("sms/recus/", receipts.receipt_by_reference, name="sms-receipts"),
    path("sms/recus/<uuid:identity>/<slug:signature>/", receipts.receipt, name="sms-receipt"),
]
