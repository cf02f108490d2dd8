"""Stock Oscar behind the server and the threads the hall has."""

import os

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.stock_oscar.settings")
application = WSGIMiddleware(get_wsgi_application(), workers=8)
