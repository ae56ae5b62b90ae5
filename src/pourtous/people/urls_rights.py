"""Addresses of rights, merges, retention, imports and mandates, under /travail/."""

from django.urls import URLPattern, path, re_path

from pourtous.people.views import imports, leaving, mandates, merges, rights

urlpatterns: list[URLPattern] = [
    path("personnes/<str:code>/droits/", rights.person_rights, name="person-rights"),
    re_path(r"^personnes/(?P<code>[^/]+)/droits/donnees\.(?P<kind>pdf|json)$", rights.person_data, name="person-data"),
    path("personnes/<str:code>/reunir/", merges.merge_files, name="merge-files"),
    path("reunions-de-dossiers/<uuid:identity>/defaire/", merges.merge_undo, name="merge-undo"),
    path("droits/", rights.rights_requests, name="rights-requests"),
    path("droits/nouvelle/", rights.rights_request_new, name="rights-request-new"),
    path("droits/<str:number>/", rights.rights_request, name="rights-request"),
    path("droits/<str:number>/delai/", rights.rights_request_extend, name="rights-request-extend"),
    re_path(
        r"^droits/(?P<number>[^/]+)/donnees\.(?P<kind>pdf|json)$",
        rights.rights_request_data,
        name="rights-request-data",
    ),
    re_path(
        r"^droits/(?P<number>[^/]+)/(?P<paper>recu|reponse)\.pdf$",
        rights.rights_request_paper,
        name="rights-request-paper",
    ),
    path("dossiers-qui-partent/", leaving.leaving_list, name="leaving-files"),
    path("dossiers-qui-partent/<str:code>/garder/", leaving.leaving_keep, name="leaving-keep"),
    path("conservation/", leaving.retention_page, name="retention"),
    path("conservation/<uuid:identity>/", leaving.elimination_list, name="elimination-list"),
    path("conservation/<uuid:identity>/bordereau.pdf", leaving.elimination_paper, name="elimination-paper"),
    path("personnes/<str:code>/mandats/", mandates.person_mandates, name="person-mandates"),
    path("personnes/<str:code>/mandats/nouveau/", mandates.mandate_new, name="mandate-new"),
    path("personnes/<str:code>/mandats/<uuid:identity>/", mandates.person_mandate, name="person-mandate"),
    path("personnes/<str:code>/mandats/<uuid:identity>/mandat.pdf", mandates.mandate_paper, name="mandate-paper"),
    path("personnes/<str:code>/mandats/<uuid:identity>/signer/", mandates.mandate_sign, name="mandate-sign"),
    path("personnes/<str:code>/mandats/<uuid:identity>/retirer/", mandates.mandate_withdraw, name="mandate-withdraw"),
    path("reprise-de-dossiers/", imports.people_imports, name="people-imports"),
    path("reprise-de-dossiers/<uuid:identity>/", imports.people_import, name="people-import"),
    path("reprise-de-dossiers/<uuid:identity>/importer/", imports.people_import_confirm, name="people-import-confirm"),
    path(
        "reprise-de-dossiers/<uuid:identity>/compte-rendu.json",
        imports.people_import_report,
        name="people-import-report",
    ),
]
