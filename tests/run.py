"""`python -m tests.run`: the suite against the embedded parts, then against the real services that are set.

The last lines say what ran against what. Arguments go to pytest (`python -m tests.run tests/trace -k code`).
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from config import ROOT
from lib.catalogues import compile_changed

SERVICES = {
    "DATABASE_URL": "PostgreSQL",
    "REDIS_URL": "Redis",
    "MQTT_URL": "Mosquitto",
    "ELASTICSEARCH_URL": "Elasticsearch",
}


# Journeys run by themselves: the browser keeps an event loop running, and asynchronous tests need their own.
# They wait more than they work, so two run at once, each file with a product of its own, and beside the rest.
PARTS = (
    ["-n", "auto", "--dist", "loadgroup", "--ignore", "tests/e2e"],
    ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "tests/e2e"],
)


class _Part:
    """A pytest at work, whose output is shown as it comes, or kept until its turn when another's is."""

    def __init__(
        self, arguments: list[str], environment: dict[str, str], folder: Path, *, shown: bool
    ) -> None:
        folder.mkdir()
        self.report, self.output = folder / "report.xml", folder / "output.txt"
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={self.report}", *arguments]
        with self.output.open("wb") as kept:
            elsewhere = {} if shown else {"stdin": subprocess.DEVNULL, "stdout": kept, "stderr": kept}
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **elsewhere)

    def finish(self) -> tuple[int, Counter[str]]:
        """Wait until it ended, show what was kept, and return its exit code and counts."""
        code = self.process.wait()
        sys.stdout.write(self.output.read_text(errors="replace"))
        sys.stdout.flush()
        return code, _counts(self.report)


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[int, Counter[str]]:
    code, counts = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        parts = [
            _Part(part, environment, Path(folder) / str(number), shown=number == 0)
            for number, part in enumerate([arguments] if arguments else PARTS)
        ]
        for part in parts:
            ended, counted = part.finish()
            code, counts = code or ended, counts + counted  # of a killed process it is negative
    return code, counts


def _counts(report: Path) -> Counter[str]:
    if not report.exists():
        return Counter()
    suite = ElementTree.parse(report).getroot()
    suite = suite if suite.tag == "testsuite" else next(iter(suite))
    bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    return Counter(passed=int(suite.get("tests", 0)) - bad - skipped, failed=bad, skipped=skipped)


def _sentence(counts: Counter[str]) -> str:
    return f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"


def main(arguments: list[str]) -> int:
    """Run both rounds, report, and return the exit code."""
    embedded = {name: value for name, value in os.environ.items() if name not in SERVICES}
    given = {label: name for name, label in SERVICES.items() if os.environ.get(name)}
    rounds = [("the embedded parts (SQLite, hub and broker in process)", embedded)]
    if given:
        rounds.append((", ".join(given), dict(os.environ)))
    compile_changed(ROOT)  # before two processes would
    lines, total, worst = [], Counter[str](), 0
    for label, environment in rounds:
        print(f"--- against {label}", flush=True)
        code, counts = _run(arguments, environment)
        worst, total = worst or code, total + counts
        lines.append(f"against {label}: {_sentence(counts)}")
    print("\n".join(lines))
    if not given:
        print("no service URL is set (DATABASE_URL, REDIS_URL, MQTT_URL): nothing ran against real services")
    print(f"total: {_sentence(total)}")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
