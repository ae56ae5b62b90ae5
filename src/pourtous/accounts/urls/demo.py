"""Address of the demonstration's page of roles."""

from django.urls import URLPattern, URLResolver, path

from pourtous.accounts.views import demo_sign_in

urlpatterns: list[URLPattern | URLResolver] = [path("entrer/", demo_sign_in.roles, name="demo-sign-in")]
