"""Ways of paying in words."""

from django import template

from shop.back_office.payments import way_of

register = template.Library()
register.filter("way", way_of)
