"""Oscar's own migrations followed by ours: the package spans both folders (numbers continue Oscar's)."""

from importlib.util import find_spec

__path__ += list(find_spec("oscar.apps.offer.migrations").submodule_search_locations)
