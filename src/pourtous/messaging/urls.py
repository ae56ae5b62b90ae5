"""Addresses of messaging."""

from django.urls import URLPattern, URLResolver, path

from pourtous.messaging.views import outbox, receipts

urlpatterns: list[URLPattern | URLResolver] = [
    path("travail/messages/", outbox.outbox, name="messages"),
    path("travail/messages/<uuid:identity>/reessayer/", outbox.retry, name="message-retry"),
    path("travail/messages/<uuid:identity>/annuler/", outbox.cancel, name="message-cancel"),
    path("sms/recus/", receipts.receipt_by_reference, name="sms-receipts"),
    path("sms/recus/<uuid:identity>/<slug:signature>/", receipts.receipt, name="sms-receipt"),
]
