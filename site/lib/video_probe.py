"""Opens a video with one reader of FFmpeg's and prints what it is as JSON: `video_probe.py READER FILE`.

Run as a script, bounded, by `lib.video_facts`. One picture is taken out of it: a head without a body is no
video.
"""

import json
import sys
from typing import Any

import av


def tell(kind: str, path: str) -> dict[str, Any] | None:
    """Return the facts, None where there is no picture."""
    with av.open(path, mode="r", format=kind, options={"protocol_whitelist": "file"}) as container:
        if not container.streams.video:
            return None
        frame = next(container.decode(container.streams.video[0]))
        sides = (frame.width, frame.height)
        width, height = sides[::-1] if frame.rotation % 180 else sides
        return {
            "seconds": (container.duration or 0) / av.time_base,
            "width": width,
            "height": height,
            "has_sound": bool(container.streams.audio),
        }


if __name__ == "__main__":
    print(json.dumps(tell(*sys.argv[1:])))  # noqa: T201 - that is the answer
