"""The address printed in the QR code of a pass."""

from django.urls import path

from pourtous.passes.views.pass_page import pass_page

urlpatterns = [path("<str:token>/", pass_page, name="pass-page")]
