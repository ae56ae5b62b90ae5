"""The demonstration: an invented territory, said so on every page; one click signs in as each role."""

from pourtous.config.settings.base import *  # noqa: F403
from pourtous.config.settings.base import INSTALLED_APPS, TERRITORY

DEMO = True
DEMO_SIGN_IN = True
INSTALLED_APPS = [*INSTALLED_APPS, "pourtous.demo"]
ALLOWED_HOSTS = ["*"]
# Telephone numbers: the range 04 65 71 is set aside by the regulator for works of fiction.
TERRITORY = {
    **TERRITORY,
    "help_phone": "04 65 71 34 00",
    "help_hours": "Du lundi au vendredi, 9 h – 17 h",
    "help_name": "Maison de l’Aide numérique",
    "help_address": "8, rue des Tamaris, 34200 Sète",
    "help_email": "aide@pourtous.example",
    "publisher_address": "1, place de la Démonstration, 34000 Montpellier",
    "publication_director": "Personne inventée",
    "hosting": "Hébergeur inventé, 34000 Montpellier",
    "data_protection_officer": "dpo@pourtous.example",
}
