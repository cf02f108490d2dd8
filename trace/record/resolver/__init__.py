"""The GS1-Conformant Resolver (1.2.0): from what a QR code contains to the page that answers."""
