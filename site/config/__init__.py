"""The Django project: settings, routes, servers.

Importing it puts the source roots on the path, so that every server finds the apps without being installed.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

for source_root in (ROOT, ROOT / "site", ROOT / "trace"):
    if str(source_root) not in sys.path:
        sys.path.append(str(source_root))
