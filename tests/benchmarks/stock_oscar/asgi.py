"""Stock Oscar behind the server and the threads the hall has."""

import os

from django.core.wsgi import get_wsgi_application

from lib.page_threads import PageThreads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.stock_oscar.settings")
application = PageThreads(get_wsgi_application(), threads=8)
