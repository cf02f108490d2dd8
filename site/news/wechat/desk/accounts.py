"""Official Accounts as a list and as a form. The secret is typed in and never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from news.models import WechatAccount
from news.wechat.accounts import keep_account


class AccountForm(WagtailAdminModelForm):
    """An account with its secret."""

    app_secret = forms.CharField(
        label=_("AppSecret"),
        required=False,
        strip=True,
        min_length=32,
        max_length=32,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("32 characters. It is kept sealed and never shown. Empty: the one that is there stays."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["app_secret"].required = not self.instance.pk

    def save(self, commit: bool = True) -> WechatAccount:
        """Make the one call."""
        super().save(commit=False)
        return keep_account(account=self.instance, secret=self.cleaned_data["app_secret"])


class ListAccounts(ListView):
    """Lists accounts."""

    along = ("region",)


class AccountViewSet(ModelViewSet):
    """Official Accounts of the counties."""

    model = WechatAccount
    name = "news-wechat-accounts"
    url_prefix = "news/wechat/accounts"
    icon = "key"
    menu_label = _("Official Accounts")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class, add_view_class, edit_view_class = ListAccounts, CreateView, EditView
    list_display = ["name", "region", "app_id", "signs_sharing"]
    list_export = ["name", "region", "app_id", "signs_sharing"]
    export_filename = "official-accounts"
    search_backend_name = None
    panels = [
        FieldPanel("region"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("app_id"), FieldPanel("app_secret")]),
        FieldPanel("signs_sharing"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=AccountForm).bind_to_model(self.model)
