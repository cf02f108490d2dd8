"""Saving a category and where it lies in the tree; the shelves follow."""

from django.core.cache import cache
from django.db import transaction

from changes import outbox
from shop.catalogue.models import Category
from shop.listing.keeping import keep_below


class CannotMove(ValueError):
    """A category cannot lie below itself."""


@transaction.atomic
def save_category(*, category: Category, above: Category | None) -> Category:
    """Save a category below `above`, or on top; its articles stand on the shelves above it at once.

    Raises:
        CannotMove: `above` is the category itself or lies below it.
    """
    if category.pk is None:
        return above.add_child(instance=category) if above else Category.add_root(instance=category)
    if above and above.path.startswith(category.path):
        raise CannotMove(str(category))
    category.save()
    was = category.get_parent()
    if (was and was.pk) != (above and above.pk):
        category.move(above or category.get_root(), "last-child" if above else "last-sibling")
        category = Category.objects.get(pk=category.pk)
        keep_below(category)
        outbox.record(category)
    # Oscar keeps addresses by key and never learns that something above was renamed or moved
    cache.delete_many([one.get_url_cache_key() for one in category.get_descendants_and_self()])
    return category
