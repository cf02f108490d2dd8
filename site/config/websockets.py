"""The websocket protocol to start uvicorn with: `--ws config.websockets:LiveProtocol`.

It stands here because uvicorn imports it before the application, when only this folder is on the path.
"""

from telemetry.live.protocol import LiveProtocol

__all__ = ["LiveProtocol"]
