"""From a device's message to rows: payload shapes, clocks, the one writer, the MQTT adapter."""
