"""amqtt's plugin interface to `access`."""

import asyncio
from dataclasses import dataclass
from typing import Any

from amqtt.contexts import Action
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session

from telemetry.broker.access import may_connect, may_publish, may_receive


class DeviceAuthPlugin(BaseAuthPlugin):
    """Checks user name and password of whoever connects."""

    @dataclass
    class Config:
        """The password of the ingest, made by whoever starts both."""

        ingest_password: str = ""

    async def authenticate(self, *, session: Session) -> bool | None:
        """Return whether the session may connect; asks the database in a thread."""
        secret: Any = self._get_config_option("ingest_password", "")
        user, password = session.username or "", session.password or ""
        return await asyncio.to_thread(may_connect, user, password, ingest_password=secret)


class DeviceTopicPlugin(BaseTopicPlugin):
    """Keeps every device below its own topic."""

    async def topic_filtering(
        self, *, session: Session | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool | None:
        """Return whether the session may publish to, subscribe to or receive from `topic`."""
        user = (session.username if session else None) or ""
        check = may_publish if action == Action.PUBLISH else may_receive
        return check(user, topic or "")
