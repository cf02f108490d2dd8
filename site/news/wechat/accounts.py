"""Setting an Official Account up: another account makes void what was known of the one before."""

from django.db import transaction

from news.wechat.models import WechatAccount, WechatDraft


def keep_account(*, account: WechatAccount, secret: str = "") -> WechatAccount:
    """Save an account, with a new secret where one is given.

    With another AppID it is another account: pictures and drafts lie at the old one. What was published there
    stays known, with its address.
    """
    with transaction.atomic():
        before = WechatAccount.objects.select_for_update().filter(pk=account.pk).first()
        if secret:
            account.keep_secret(secret)
        account.save()
        if before is not None and (secret or before.app_id != account.app_id):
            account.tokens.all().delete()
        if before is not None and before.app_id != account.app_id:
            account.pictures.all().delete()
            drafts = account.drafts.filter(state=WechatDraft.State.DRAFT)
            drafts.update(state=WechatDraft.State.NONE, media_id="", fingerprint="", adding=False)
    return account
