"""Addresses of the stock of books, under /travail/pass/stock/."""

from django.urls import path

from pourtous.passes.views import batches, countings, slips, stock

urlpatterns = [
    path("", stock.register, name="stock"),
    path("chequiers/", stock.find, name="stock-find"),
    path("chequiers/<uuid:identity>/", stock.book, name="stock-book"),
    path("declarer/", stock.declare, name="stock-declare"),
    path("lots/", batches.batches, name="stock-batches"),
    path("lots/<uuid:identity>/", batches.batch, name="stock-batch"),
    path("lots/<uuid:identity>/preparer/", batches.prepare, name="stock-batch-prepare"),
    path("lots/<uuid:identity>/fichier/", batches.take, name="stock-batch-take"),
    path("lots/<uuid:identity>/imprime/", batches.confirm, name="stock-batch-confirm"),
    path("lots/<uuid:identity>/annuler/", batches.cancel, name="stock-batch-cancel"),
    path("bordereaux/", slips.slips, name="stock-slips"),
    path("bordereaux/nouveau/", slips.new, name="stock-slip-new"),
    path("bordereaux/<uuid:identity>/", slips.slip, name="stock-slip"),
    path("bordereaux/<uuid:identity>/recevoir/", slips.receive, name="stock-slip-receive"),
    path("bordereaux/<uuid:identity>/refuser/", slips.refuse, name="stock-slip-refuse"),
    path("bordereaux/<uuid:identity>/bordereau.pdf", slips.paper, name="stock-slip-paper"),
    path("inventaires/", countings.countings, name="stock-countings"),
    path("inventaires/<uuid:identity>/", countings.counting, name="stock-counting"),
    path("inventaires/<uuid:identity>/finir/", countings.end, name="stock-counting-end"),
]
