"""Writing reference data into the tables: rows of the shipped files become communes, EPCI and former communes."""

from typing import Any

from pourtous.territories.models import Commune, Epci, FormerCommune


def upsert(data: dict[str, Any]) -> None:
    """Create or update everything of one département's file."""
    _upsert_epci(data["epci"])
    _upsert_communes(data["departement"], data["communes"])
    _upsert_former(data["former"])


def _upsert_epci(rows: list[dict[str, Any]]) -> None:
    Epci.objects.bulk_create(
        [Epci(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "population"],
    )


def _upsert_communes(departement: str, rows: list[dict[str, Any]]) -> None:
    communes = [
        Commune(
            code=row["code"],
            name=row["name"],
            departement=departement,
            epci_id=row["epci"],
            postcodes=tuple(row["postcodes"]),  # type: ignore[misc]
            population=row["population"],
            latitude=row["centre"][0],
            longitude=row["centre"][1],
            outline=row["outline"],
        )
        for row in rows
    ]
    fields = ["name", "departement", "epci", "postcodes", "population", "latitude", "longitude", "outline"]
    Commune.objects.bulk_create(communes, update_conflicts=True, unique_fields=["code"], update_fields=fields)


def _upsert_former(rows: list[list[str]]) -> None:
    former = [FormerCommune(code=code, name=name, successor_id=heir, until=until) for code, name, heir, until in rows]
    FormerCommune.objects.bulk_create(
        former, update_conflicts=True, unique_fields=["code", "name"], update_fields=["successor", "until"]
    )
