"""The public page on which one types the code of a pass."""

from django.urls import path

from pourtous.passes.views.pass_page import my_book

urlpatterns = [path("", my_book, name="my-book")]
