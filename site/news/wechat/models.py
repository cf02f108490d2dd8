"""A county's Official Account, what of ours lies there, and what became of each post."""

from datetime import datetime, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.sealing import opened, sealed

SECRETS = "news.wechat"  # what the secrets are sealed for
GIVEN_UP_AFTER = timedelta(minutes=10)  # longer than any push takes: whoever began it is gone


class WechatAccount(models.Model):
    """The Official Account of a county. Its secret goes in and never comes out again."""

    region = models.OneToOneField(
        "brand.Region", models.CASCADE, related_name="wechat_account", verbose_name=_("county")
    )
    name = models.CharField(
        _("name of the account"), max_length=30, help_text=_("As readers see it above an article.")
    )
    app_id = models.CharField(
        _("AppID"),
        max_length=18,
        unique=True,
        validators=[
            RegexValidator(
                r"^wx[0-9a-f]{16}$", _("An AppID is wx and 16 digits or letters a to f. Copy it once more.")
            )
        ],
        help_text=_("On mp.weixin.qq.com under Settings and development, Basic configuration."),
    )
    sealed_secret = models.TextField(editable=False)
    signs_sharing = models.BooleanField(
        _("cards for shared posts"),
        default=False,
        help_text=_(
            "Shared posts get title, summary and picture. Needs this site's domain under "
            "Functions, JS interface security domain."
        ),
    )

    class Meta:
        verbose_name = _("Official Account")
        verbose_name_plural = _("Official Accounts")

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """Return the AppSecret.

        Raises:
            CannotOpen: the site's secret key has changed since it was typed in.
        """
        return opened(self.sealed_secret, purpose=SECRETS)

    def keep_secret(self, secret: str) -> None:
        """Take a new AppSecret; the caller saves."""
        self.sealed_secret = sealed(secret, purpose=SECRETS)


class WechatToken(models.Model):
    """What WeChat gave an account to speak with, for all processes: it allows few new ones a day."""

    class Kind(models.TextChoices):
        """What it is for."""

        ACCESS = "access", _("calls")
        TICKET = "ticket", _("sharing")

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=6, choices=Kind)
    sealed_value = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="wechat_token_one_a_kind")]

    def __str__(self) -> str:
        return f"{self.account} {self.kind}"

    @property
    def value(self) -> str:
        """Return it.

        Raises:
            CannotOpen: the site's secret key has changed.
        """
        return opened(self.sealed_value, purpose=SECRETS)


class WechatPicture(models.Model):
    """A picture that lies at WeChat already: each is sent once for an account and use."""

    class Use(models.TextChoices):
        """WeChat keeps them apart: pictures in a text have an address, covers an id."""

        TEXT = "text", _("in a text")
        COVER = "cover", _("cover")

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="pictures")
    use = models.CharField(max_length=5, choices=Use)
    sha256 = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    media_id = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "use", "sha256"], name="wechat_picture_sent_once"),
            models.CheckConstraint(condition=~Q(address="", media_id=""), name="wechat_picture_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.address or self.media_id


class WechatDraft(models.Model):
    """What became of a post at WeChat, and how the last push goes."""

    class State(models.TextChoices):
        """What lies at WeChat."""

        NONE = "none", pgettext_lazy("WeChat", "not pushed")
        DRAFT = "draft", pgettext_lazy("WeChat", "draft")
        PUBLISHED = "published", pgettext_lazy("WeChat", "published")

    class Push(models.TextChoices):
        """How the last push goes."""

        DONE = "done", pgettext_lazy("push", "done")
        WAITING = "waiting", pgettext_lazy("push", "waiting")
        RUNNING = "running", pgettext_lazy("push", "running")
        FAILED = "failed", pgettext_lazy("push", "failed")

    post = models.OneToOneField(
        "news.NewsPage", models.CASCADE, related_name="wechat_draft", verbose_name=_("post")
    )
    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="drafts")
    state = models.CharField(_("at WeChat"), max_length=9, choices=State, default=State.NONE)
    push = models.CharField(_("last push"), max_length=7, choices=Push, default=Push.DONE)
    asked_at = models.DateTimeField(pgettext_lazy("WeChat", "asked for"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    steps = models.PositiveSmallIntegerField(default=0)
    steps_done = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("what stood in the way"), blank=True)
    media_id = models.CharField(max_length=200, blank=True)
    # an attempt to make a draft whose answer never came: WeChat may have made it
    adding = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    pushed_at = models.DateTimeField(_("pushed"), null=True, blank=True)
    address = models.URLField(_("address of the article"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at WeChat"), null=True, blank=True)

    class Meta:
        verbose_name = _("article at WeChat")
        verbose_name_plural = _("articles at WeChat")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="draft") | ~Q(media_id=""), name="wechat_draft_has_its_id"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(address=""), name="wechat_published_has_its_address"
            ),
            models.CheckConstraint(
                condition=Q(steps_done__lte=F("steps")), name="wechat_push_not_over_its_end"
            ),
        ]
        indexes = [models.Index(fields=["push", "asked_at"], name="wechat_push_waiting")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.get_state_display()}"

    def is_under_way(self, *, at: datetime) -> bool:
        """Tell whether a push waits or runs; one whose worker died is over."""
        begun = self.begun_at or self.asked_at
        under_way = self.push in {self.Push.WAITING, self.Push.RUNNING}
        return under_way and begun is not None and begun > at - GIVEN_UP_AFTER
