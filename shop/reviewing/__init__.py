"""Reviews: written by who bought, looked at before they are shown, answered by the seller."""
