# One image for web, live, ingest, worker and migrate: docker-compose.yml says which command each runs.

# --- fonts and scripts of npm -----------------------------------------------------------------------
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# --- Python packages ---------------------------------------------------------------------------------
FROM python:3.11-slim-bookworm AS environment
WORKDIR /app
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --no-cache --compile-bytecode

# --- the image ----------------------------------------------------------------------------------------
FROM python:3.11-slim-bookworm
# 1883 is the group of eclipse-mosquitto's user: it may read the files that MOSQUITTO_DIR holds
RUN groupadd --gid 1883 mosquitto \
    && useradd --uid 10001 --create-home --groups mosquitto fengtu \
    && install -d -o fengtu -g fengtu /srv/static /srv/media /srv/private /srv/backups /srv/var \
    && install -d -o fengtu -g mosquitto -m 2750 /srv/mosquitto
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/app/static-root \
    MEDIA_ROOT=/srv/media \
    PRIVATE_ROOT=/srv/private \
    VAR_DIR=/srv/var
COPY --from=environment /app/.venv .venv
COPY --from=packages /app/node_modules node_modules
COPY . .
# Nothing here is secret or kept: settings refuse to be read without values.
RUN export SECRET_KEY=build ALLOWED_HOSTS=build.invalid PUBLIC_BASE_URL=https://build.invalid \
        DATABASE_URL=sqlite:////tmp/build.sqlite3 REDIS_URL=redis://build.invalid \
        MQTT_URL=mqtt://build.invalid SMS_URL=https://build.invalid \
    && python -m compileall -q brand shop site trace \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --noinput
USER fengtu
EXPOSE 8000
CMD ["uvicorn", "--app-dir", "site", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000"]
