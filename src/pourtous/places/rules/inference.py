"""Services a place surely gives because of a national programme it belongs to. Shown as inferred, never exported.

Source of the rule: the national charter of the France services network (circular 6094-SG of 1 July 2019). Each
house helps with the procedures of the State's partners and has computer equipment with internet for the public.
"""

from collections.abc import Collection

from pourtous.places.enums import Programme, Service

FRANCE_SERVICES_TYPOLOGY = "RFS"
FRANCE_SERVICES_OFFER = (Service.PROCEDURES.value, Service.ACCESS.value)


def inferred_services(
    services: Collection[str], programmes: Collection[str], typologies: Collection[str]
) -> tuple[str, ...]:
    """What to add when a France services place declares no service; nothing when it declares any."""
    is_france_services = Programme.FRANCE_SERVICES in programmes or FRANCE_SERVICES_TYPOLOGY in typologies
    return FRANCE_SERVICES_OFFER if is_france_services and not services else ()
