"""The production shape as files: every part is there, starts what exists, and nothing secret is in it."""

import re
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from uvicorn.importer import import_from_string
from uvicorn.main import main as uvicorn_command
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from tests.programs import ROOT, free_port

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
ONE_SHOT = {"migrate"}
OURS = {name for name, service in SERVICES.items() if service.get("image", "").startswith("fengtu:")}
SERVER_MB = 4096
SYSTEM_MB = 512
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)(?:(:[?-])([^}]*))?\}")


def variables() -> dict[str, tuple[str, str]]:
    """Return what .env may set: name → (":?" or ":-", its default or complaint)."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    return {name: (kind, rest) for name, kind, rest in _VARIABLE.findall(text)}


def example() -> dict[str, str]:
    """Return what the example sets or shows: name → value."""
    text = (ROOT / "deploy" / "example.env").read_text("utf-8")
    return dict(re.findall(r"^#?([A-Z0-9_]+)=(.*)$", text, flags=re.MULTILINE))


def megabytes(service: dict) -> int:
    return int(re.fullmatch(r"(\d+)m", service["mem_limit"])[1])


def words(service: dict) -> list[str]:
    command = service.get("command") or []
    return command if isinstance(command, list) else command.split()


def managed(text: str) -> set[str]:
    return set(re.findall(r"manage\.py (\w+)", text))


def test_every_part_of_the_production_shape_is_there():
    parts = {"web", "live", "ingest", "worker", "postgres", "redis", "mosquitto", "elasticsearch", "nginx"}
    assert set(SERVICES) == parts | ONE_SHOT


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOT))
def test_every_part_is_watched_started_again_and_bounded(name):
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["restart"] == "unless-stopped"
    assert megabytes(service) > 0
    assert service["logging"]["options"]["max-size"]


def test_all_parts_together_fit_a_server_of_4_gb():
    assert sum(megabytes(SERVICES[name]) for name in set(SERVICES) - ONE_SHOT) <= SERVER_MB - SYSTEM_MB


def test_the_database_is_migrated_before_anything_of_ours_serves():
    for name in OURS - ONE_SHOT:
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "on-failure:3"


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_of_ours_exists(name):
    command = words(SERVICES[name])
    commands = managed(" ".join(command))
    if command[0] == "sh":
        script = ROOT / command[1]
        assert script.is_file()
        commands |= managed(script.read_text())
    if command[0] == "uvicorn":
        asked = uvicorn_command.make_context("uvicorn", list(command[1:])).params
        assert asked["app"] == "config.asgi:application"
        assert (ROOT / asked["app_dir"] / "config" / "asgi.py").is_file()
        assert issubclass(import_from_string(asked["ws"]), WebSocketsSansIOProtocol)
        assert asked["ws_per_message_deflate"] is False, "packing doubles the cost of a message"
        assert asked["ws_max_size"] <= 65_536, "visitors have little to say"
    else:
        assert commands
    assert commands <= set(get_commands())


def test_the_image_runs_commands_that_exist_and_copies_what_exists():
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert managed(dockerfile) <= set(get_commands())
    assert {"collectstatic", "compile_catalogues"} <= managed(dockerfile)
    for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, flags=re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source


def test_the_image_is_built_in_stages_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert len(re.findall(r"^FROM ", dockerfile, flags=re.MULTILINE)) == 3
    assert re.findall(r"^USER (.+)$", dockerfile, flags=re.MULTILINE) == ["fengtu"]
    for name in OURS:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_image_installs_with_the_same_uv_as_the_makefile():
    pinned = re.search(r"UV_VERSION := (\S+)", (ROOT / "Makefile").read_text())[1]
    assert f"uv=={pinned}" in (ROOT / "Dockerfile").read_text()


def test_the_image_carries_no_secrets_history_or_data():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".env", ".venv", "node_modules", "var", "media/uploads", "tests"} <= set(ignored)


def test_secrets_come_from_the_environment_and_their_absence_stops_the_start():
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "MQTT_PASSWORD"):
        assert variables()[name][0] == ":?"
        assert example()[name] == ""


def test_the_example_names_every_variable_and_the_same_defaults():
    assert set(example()) == set(variables())
    for name, (kind, default) in variables().items():
        assert example()[name] == (default if kind == ":-" else ""), name


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_given_to_ours_is_read_by_the_settings_and_explained(name):
    given = set(SERVICES[name]["environment"])
    source = (ROOT / "site/config/settings/base.py").read_text("utf-8")
    read = dict(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"([^\n]*)', source))
    assert given <= set(read)
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert [variable for variable in sorted(given) if f"`{variable}`" not in text] == [], readme


def test_settings_of_production_start_with_what_web_is_given(tmp_path):
    given = dict.fromkeys(variables(), "x")
    filled = {
        name: _VARIABLE.sub(lambda found: found[3] if found[2] == ":-" else given[found[1]], str(value))
        for name, value in SERVICES["web"]["environment"].items()
    }
    filled |= {
        "PUBLIC_BASE_URL": "https://example.org",
        "SMS_URL": "https://example.org",
        "VAR_DIR": str(tmp_path),
    }
    start = [sys.executable, "-c", "import config.settings.production"]
    environment = {**filled, "PYTHONPATH": "site", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    del environment["MQTT_URL"]
    done = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "MQTT_URL must be set" in done.stderr


def test_every_file_that_is_mounted_exists():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = _VARIABLE.sub(lambda found: found[3], volume.partition(":/")[0])
            if source.startswith("./") and "certificates" not in source:
                assert (ROOT / source).exists(), source
            elif not source.startswith("./"):
                assert source in COMPOSE["volumes"]


def test_each_way_to_listen_has_its_file():
    for way in ("plain", "tls", "behind"):
        assert (ROOT / f"deploy/nginx/listen-{way}.conf").is_file()
        assert way in (ROOT / "deploy/example.env").read_text()


def test_only_the_proxy_and_what_devices_speak_to_are_open_to_the_world():
    open_to_all = {name for name, service in SERVICES.items() if service.get("ports")}
    assert open_to_all == {"nginx", "mosquitto", "ingest"}


def test_stations_reach_the_listener_where_it_listens():
    listens = SERVICES["ingest"]["environment"]["HJ212_LISTEN"].rpartition(":")[2]
    assert [port.rpartition(":")[2] for port in SERVICES["ingest"]["ports"]] == [listens]


# --- the health check --------------------------------------------------------------------------------


def check(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "deploy/healthcheck.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


class OnlyForTheCounty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        well = self.path == "/healthz" and self.headers["Host"] == "health.example.org"
        self.send_response(200 if well else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_health_is_asked_under_an_allowed_host():
    server = HTTPServer(("127.0.0.1", 0), OnlyForTheCounty)
    Thread(target=server.serve_forever, daemon=True).start()
    port = str(server.server_port)
    try:
        assert check("http", port, "/healthz", ALLOWED_HOSTS=".example.org, other.org") == 0
        assert check("http", port, "/healthz", ALLOWED_HOSTS="other.org") == 1
    finally:
        server.shutdown()
        server.server_close()
    assert check("http", str(free_port()), "/healthz", ALLOWED_HOSTS="other.org") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's table of connections")
def test_a_connection_is_seen_while_it_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            assert check("connected", str(port)) == 0
    assert check("connected", str(free_port())) == 1


def test_the_path_health_is_asked_at_is_never_redirected_to_https():
    path = SERVICES["web"]["healthcheck"]["test"][-1].lstrip("/")
    assert any(re.match(exempt, path) for exempt in settings.SECURE_REDIRECT_EXEMPT)
