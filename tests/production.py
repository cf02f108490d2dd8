"""The production files of deploy/, laid out so that this machine's nginx and Mosquitto can run them."""

import os
import shutil
from pathlib import Path

from tests.programs import ROOT

DEPLOY = ROOT / "deploy"


def replaced(text: str, changes: dict[str, str]) -> str:
    """Change what differs between a container and this machine; every change must find its place."""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def lay_out_nginx(
    folder: Path, *, way: str, port: int, secure: int, health: int, web: int, live: int
) -> Path:
    """Write the configuration into `folder` with this machine's ports and paths; return nginx.conf."""
    for name in ("fengtu", "static", "media/documents", "certificates"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    paths = {"/tmp/": f"{folder}/", "/srv/": f"{folder}/", "127.0.0.1:8080": f"127.0.0.1:{health}"}
    paths |= {"/etc/nginx/fengtu": f"{folder}/fengtu", "/dev/stdout": f"{folder}/access.log"}
    # as root nginx would serve as another user, who may not enter this folder
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(user + replaced((DEPLOY / "nginx/nginx.conf").read_text(), paths))
    listen = (DEPLOY / f"nginx/listen-{way}.conf").read_text()
    listen = listen.replace("listen 80 ", f"listen 127.0.0.1:{port} ")
    listen = listen.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    listen = listen.replace("/etc/nginx/certificates", f"{folder}/certificates")
    (folder / "fengtu" / "listen.conf").write_text(listen)
    for name in ("proxy.conf", "away.html", "too-large.html"):
        shutil.copy(DEPLOY / "nginx" / name, folder / "fengtu")
    shutil.copy("/etc/nginx/mime.types", folder)
    servers = "".join(
        f"upstream {name} {{ server 127.0.0.1:{at}; keepalive 8; }}\n"
        for name, at in (("web", web), ("live", live))
    )
    (folder / "fengtu" / "upstreams.conf").write_text(servers)
    return conf


def lay_out_mosquitto(folder: Path, *, port: int) -> list[str]:
    """Write the configuration into `folder` for this machine; return the command that runs it by run.sh."""
    changes = {"listener 1883": f"listener {port} 127.0.0.1", "/mosquitto/": f"{folder}/"}
    text = replaced((DEPLOY / "mosquitto/mosquitto.conf").read_text(), changes)
    # as root Mosquitto would become another user, who may not enter this folder
    conf = folder / "mosquitto.conf"
    conf.write_text(text + ("\nuser root\n" if os.geteuid() == 0 else ""))
    (folder / "data").mkdir(exist_ok=True)
    return ["sh", str(DEPLOY / "mosquitto/run.sh"), str(conf), str(folder / "access"), "0.2"]


def program_path() -> dict[str, str]:
    """Return the environment in which Debian's servers are found."""
    return {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"}
