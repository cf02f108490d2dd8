"""The 45 classes of trademarks: Nice Agreement (尼斯分类), 34 of goods, 11 of services.

The headings here are short names for lists and matrices; the classification itself has the full text.
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CLASSES: Final[dict[int, Promise]] = {
    1: _("Chemicals and fertilisers"),
    2: _("Paints and dyes"),
    3: _("Cosmetics and cleaning products"),
    4: _("Oils, fuels and candles"),
    5: _("Medicines and dietary supplements"),
    6: _("Metal goods"),
    7: _("Machines"),
    8: _("Hand tools and cutlery"),
    9: _("Electronics and software"),
    10: _("Medical apparatus"),
    11: _("Lighting, heating and cooling"),
    12: _("Vehicles"),
    13: _("Firearms and fireworks"),
    14: _("Jewellery and clocks"),
    15: _("Musical instruments"),
    16: _("Paper, print and packaging"),
    17: _("Rubber and plastics, unfinished"),
    18: _("Leather goods and umbrellas"),
    19: _("Building materials"),
    20: _("Furniture and wickerwork"),
    21: _("Kitchenware, glass and ceramics"),
    22: _("Ropes, bags and tents"),
    23: _("Yarn and thread"),
    24: _("Cloth and bedding"),
    25: _("Clothes and shoes"),
    26: _("Lace, buttons and trimmings"),
    27: _("Carpets and mats"),
    28: _("Toys and sports goods"),
    29: _("Meat, eggs, dried and preserved fruit and vegetables"),
    30: _("Grain, noodles, pastry, tea and spices"),
    31: _("Fresh fruit and vegetables, seeds, flowers"),
    32: _("Soft drinks and beer"),
    33: _("Wine and spirits"),
    34: _("Tobacco"),
    35: _("Advertising and sales"),
    36: _("Insurance, finance and property"),
    37: _("Building and repair"),
    38: _("Telecommunications"),
    39: _("Transport, storage and travel"),
    40: _("Processing for others"),
    41: _("Education and entertainment"),
    42: _("Research, design and computing"),
    43: _("Restaurants and lodging"),
    44: _("Health care and agricultural services"),
    45: _("Legal and personal services"),
}
FIRST_SERVICE: Final = 35


def class_label(number: int) -> str:
    """Return "Class 31 Fresh fruit …" in the language of now.

    Raises:
        KeyError: there is no such class.
    """
    return gettext("Class %(number)d %(name)s") % {"number": number, "name": CLASSES[number]}


def class_choices() -> list[tuple[int, str]]:
    """Return every class with its label, for a form."""
    return [(number, class_label(number)) for number in CLASSES]


def validate_classes(value: object) -> None:
    """Refuse a list of classes that names one twice, out of order, or one that does not exist.

    Raises:
        ValidationError: saying which.
    """
    numbers: list[int] = []
    for number in value if isinstance(value, list | tuple) else [value]:
        # True is an int to Python and 1.0 equals 1, but neither is a class as stored in JSON
        if type(number) is int and number in CLASSES:
            numbers.append(number)
        else:
            raise ValidationError(
                _("%(number)s is no trademark class; they run from 1 to 45."),
                code="class",
                params={"number": number},
            )
    if numbers != sorted(set(numbers)):
        raise ValidationError(_("Name each class once, in order."), code="order")
