"""Form rendering."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Our own field templates."""
