#!/bin/sh
# Once per start, before anything serves: the database, the static files for nginx, who may sign in at the broker.
set -eu

python manage.py migrate --noinput

# Old files stay: a page rendered by the last version, still open or cached, keeps its style.
cp -R /app/static-root/. /srv/static/

python manage.py mosquitto_files "$MOSQUITTO_DIR"
