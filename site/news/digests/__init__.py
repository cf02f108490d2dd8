"""The week's posts by e-mail: subscribing, the letter of the week, sending it, leaving."""
