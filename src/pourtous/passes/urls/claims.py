"""Addresses of claims and payments, under /travail/pass/paiements/."""

from django.urls import path

from pourtous.passes.views import claims, disputes, expiry, payments

urlpatterns = [
    path("", claims.claims, name="claims"),
    path("etablir/", claims.draw_up, name="claims-draw-up"),
    path("etapes/", claims.steps, name="claims-steps"),
    path("fichiers/", payments.batches, name="payment-batches"),
    path("fichiers/<uuid:identity>/", payments.batch, name="payment-batch"),
    path("fichiers/<uuid:identity>/fichier.csv", payments.take, name="payment-batch-take"),
    path("fichiers/<uuid:identity>/retirer/", payments.withdraw, name="payment-batch-withdraw"),
    path("fin-d-exercice/", payments.year_end, name="claims-year-end"),
    path("fin-d-exercice/pass.<str:kind>", payments.year_end_table, name="claims-year-end-table"),
    path("litiges/", disputes.disputes, name="claims-disputes"),
    path("litiges/<uuid:identity>/", disputes.decide, name="claims-dispute-decide"),
    path("peremption/", expiry.expiry, name="claims-expiry"),
    path("peremption/executer/", expiry.run, name="claims-expiry-run"),
    path("peremption/constat.pdf", expiry.statement, name="claims-expiry-statement"),
    path("peremption/pass.<str:kind>", expiry.table, name="claims-expiry-table"),
    path("<uuid:identity>/", claims.claim, name="claim"),
    path("<uuid:identity>/etape/", claims.step, name="claim-step"),
    path("<uuid:identity>/etat-liquidatif.pdf", claims.statement, name="claim-statement"),
    path("<uuid:identity>/pass.<str:kind>", claims.lines, name="claim-lines"),
]
