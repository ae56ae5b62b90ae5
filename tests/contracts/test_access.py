"""Every address says who may see it."""

from django.urls import URLPattern, URLResolver, get_resolver


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        elif isinstance(entry, URLPattern):
            yield where, entry


def test_every_view_declares_its_access():
    from pourtous.kernel import access

    declared = getattr(access, "declared_access", dict)()
    undeclared = [
        where
        for where, entry in patterns()
        if not hasattr(entry.callback, "access")
        and not hasattr(getattr(entry.callback, "view_class", None), "access")
        and entry.name not in declared
    ]
    assert undeclared == []
