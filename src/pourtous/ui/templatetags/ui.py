"""The design system's template tags."""

from django import template

register = template.Library()
