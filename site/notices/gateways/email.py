"""E-mail through Django's mail backend."""

from smtplib import SMTPException

from django.core.mail import send_mail

from notices.gateways import GatewayError, Message


def send(message: Message) -> None:
    """Send as plain text from DEFAULT_FROM_EMAIL.

    Raises:
        GatewayError: the mail server refused or could not be reached.
    """
    try:
        send_mail(message.subject, message.text, None, [message.to])
    except (SMTPException, OSError) as error:
        raise GatewayError(f"mail server: {error}") from error
