"""Examples of answers for the OpenAPI document: an invented place on a real commune, telephone of the fiction range."""

from typing import Any

from pourtous.places.standard import COLUMNS

PLACE: dict[str, Any] = {
    **{column.name: [] if column.is_list else None for column in COLUMNS},
    "id": "4MZ2Q7KC",
    "nom": "Espace numérique des Tamaris",
    "commune": "Sète",
    "code_postal": "34200",
    "code_insee": "34301",
    "adresse": "8 rue des Tamaris",
    "latitude": 43.4028,
    "longitude": 3.6928,
    "typologie": ["EPN"],
    "telephone": "+33465713412",
    "courriels": ["tamaris@lieux.example"],
    "horaires": "Mo-Fr 09:00-12:00,14:00-17:00",
    "itinerance": ["Fixe"],
    "date_maj": "2026-11-02",
    "services": ["Aide aux démarches administratives"],
    "frais_a_charge": ["Gratuit"],
    "modalites_acces": ["Se présenter", "Téléphoner"],
    "modalites_accompagnement": ["Accompagnement individuel"],
    "distance_m": 420,
    "open": True,
    "next_change": "2026-11-24T11:00:00Z",
}
ADDRESSES: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [3.6928, 43.4028]},
            "properties": {
                "label": "8 Rue des Tamaris 34200 Sète",
                "score": 0.97,
                "id": "34301_0420_00008",
                "name": "8 Rue des Tamaris",
                "postcode": "34200",
                "citycode": "34301",
                "city": "Sète",
                "context": "34",
                "type": "housenumber",
                "housenumber": "8",
                "street": "Rue des Tamaris",
            },
        }
    ],
}
SESSION: dict[str, Any] = {
    "id": "7KD2M4QX",
    "url": "https://pourtous.example/parcours/seance/7KD2M4QX/",
    "course": "3TN8W5AC",
    "title": "Premiers pas avec mon téléphone",
    "theme": "phone",
    "family": "everyday",
    "level": "debutant",
    "try_once": False,
    "aims": ["Appeler et répondre", "Envoyer une photo"],
    "number": 1,
    "session_count": 5,
    "starts_at": "2026-12-01T09:00:00Z",
    "ends_at": "2026-12-01T11:00:00Z",
    "organisation": "Association des Tamaris",
    "place": "4MZ2Q7KC",
    "where": "Espace numérique des Tamaris",
    "code_insee": "34301",
    "latitude": 43.4028,
    "longitude": 3.6928,
    "distance_m": 420,
    "seats": 8,
    "free_seats": 3,
    "pass_cost": 2,
    "language": "fr",
    "wheelchair": True,
}
ANSWERS: dict[str, dict[str, Any]] = {
    "places": {"items": [PLACE], "next": None},
    "sessions": {"items": [SESSION], "next": None},
    "place": {**PLACE, "distance_m": None},
    "slots": {
        "items": [
            {
                "starts_at": "2026-11-24T09:45:00+01:00",
                "ends_at": "2026-11-24T10:30:00+01:00",
                "kind": {
                    "id": "01938c5e-7d10-7c3b-9f3a-5d0c6b1a2e4f",
                    "name": "Aide aux démarches",
                    "minutes": 45,
                },
                "mode": "place",
                "place": {
                    "id": PLACE["id"],
                    "name": PLACE["nom"],
                    "commune": PLACE["commune"],
                    "latitude": PLACE["latitude"],
                    "longitude": PLACE["longitude"],
                },
                "free": 2,
                "distance_m": 420,
            }
        ]
    },
    "redeem": {
        "id": "0198c4d2-51f0-7a35-9b1e-2f6f3c8f4a10",
        "serial": "26-000123-02",
        "session": "K7M2QX9T",
        "value": 1000,
        "left": 8,
        "at": "2026-11-24T09:02:12+00:00",
    },
    "geocode": {**ADDRESSES, "query": "8 rue des tamaris sete"},
    "reverse": ADDRESSES,
}
PROBLEMS: dict[str, dict[str, Any]] = {
    "400": {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "limit: Give a number not above 100.",
        "errors": [{"parameter": "limit", "message": "Give a number not above 100."}],
    },
    "404": {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "No place has this code, or it is not published any more.",
    },
    "429": {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many requests. Try again in 12 seconds, or take the whole file at /donnees/.",
    },
}

# Refusals of a pass.
REFUSALS: dict[str, dict[str, Any]] = {
    "401": {"title": "Unauthorized", "detail": "Give a key that is in use, in Authorization: Bearer."},
    "403": {
        "title": "Forbidden",
        "detail": "Your organisation may not take passes on this day.",
        "reason": "not_qualified",
    },
    "404": {"title": "Not Found", "detail": "This code is not one of our passes.", "reason": "unknown"},
    "409": {
        "title": "Conflict",
        "detail": "This pass has already been used.",
        "reason": "already_used",
        "first_use": {"at": "2026-11-12T09:05:00+00:00", "where": "Atelier des Tamaris, Médiathèque du Port"},
    },
    "410": {"title": "Gone", "detail": "This pass is out of date.", "reason": "expired"},
    "422": {
        "title": "Unprocessable Entity",
        "detail": "This key was already used for another request.",
        "reason": "key_reused",
    },
}


def problem(operation: str, code: str) -> dict[str, Any]:
    """A problem an operation may answer."""
    if operation == "redeem" and code in REFUSALS:
        return {"type": "about:blank", "status": int(code), **REFUSALS[code]}
    return PROBLEMS[code]
