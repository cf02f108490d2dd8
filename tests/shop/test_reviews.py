"""Reviews: by who received it, looked at before they are shown, the same page for everybody."""

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.deletion import delete_account
from brand.private import private_storage
from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.models import Voices
from shop.order.models import Order
from shop.reviewing.deciding import NotDecided, answer, approve, refuse
from shop.reviewing.voices import summary_of
from shop.reviewing.writing import NotReviewed, write_review
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory
from tests.factories.voices import picture, received_line, review_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def lucheng(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return county()


@pytest.fixture
def article() -> Product:
    return ArticleFactory(title="潞城大葱 鲜葱")


@pytest.fixture
def officer():
    return person("shop_operator")


def page_of(client: Client, article: Product) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def test_a_review_is_shown_once_somebody_looked_at_it(client: Client, article, officer) -> None:
    review = review_of(article)
    assert "葱白长" not in page_of(client, article)
    approve(review=review, at=NOW, by=officer)
    page = page_of(client, article)
    assert "葱白长，没坏一根。" in page and "王**" in page and "王小葱" not in page
    assert (
        "葱白长"
        in client.get(reverse("catalogue:reviews-list", args=[article.slug, article.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "state", [Order.State.UNPAID, Order.State.TO_SEND, Order.State.SENT, Order.State.CANCELLED]
)
def test_only_what_arrived_is_reviewed(article, state: str) -> None:
    line = received_line(article)
    line.order.state = state
    with pytest.raises(NotReviewed):
        write_review(line=line, score=5, body="好", at=NOW)
    assert not ProductReview.objects.exists()


@pytest.mark.parametrize(("score", "body"), [(0, "好"), (6, "好"), (5, "  "), (5, "好" * 1001)])
def test_what_says_nothing_is_refused(article, score: int, body: str) -> None:
    with pytest.raises(NotReviewed):
        write_review(line=received_line(article), score=score, body=body, at=NOW)
    assert not ProductReview.objects.exists()


def test_a_line_is_reviewed_once_and_another_order_again(article) -> None:
    line = received_line(article)
    write_review(line=line, score=5, body="好", at=NOW)
    with pytest.raises(NotReviewed):
        write_review(line=line, score=1, body="改主意了", at=NOW)
    write_review(line=received_line(article), score=4, body="又买了", at=NOW)
    assert sorted(ProductReview.objects.values_list("score", flat=True)) == [4, 5]


def test_gifts_refunded_goods_and_old_orders_are_not_reviewed(article) -> None:
    line = received_line(article)
    for name, value in {"gift": True, "refunded_quantity": 1}.items():
        changed = type(line).objects.get(pk=line.pk)
        changed.order = line.order
        setattr(changed, name, value)
        with pytest.raises(NotReviewed):
            write_review(line=changed, score=5, body="好", at=NOW)
    with pytest.raises(NotReviewed):
        write_review(line=line, score=5, body="好", at=NOW + timedelta(days=200))


def test_a_guest_reviews_from_the_order_with_photos(client: Client, article) -> None:
    line = received_line(article)
    address = reverse("shop-reviews:write", args=[line.order.token, line.pk])
    assert client.get(address).status_code == 200
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    photos = [SimpleUploadedFile("a.jpg", picture(exif=exif.tobytes()).read(), "image/jpeg")]
    sent = client.post(
        address, {"score": "4", "body": "葱叶有点蔫", "hidden": "on", "photos": photos}, follow=True
    )
    assert sent.status_code == 200 and "葱叶有点蔫" in sent.content.decode()
    review = ProductReview.objects.get()
    assert review.user is None and review.pictured and "王" not in review.name
    kept = review.photos.get()
    with private_storage().open(kept.file.name) as file:
        assert not Image.open(file).getexif()
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_photo_is_public_only_while_the_review_is_shown(client: Client, article, officer) -> None:
    review = review_of(article, photos=[picture()])
    photo = review.photos.get()
    assert not default_storage.exists("reviews") or not default_storage.listdir("reviews")[0]
    private = reverse("shop-reviews-desk:photo", args=[photo.pk])
    assert client.get(private).status_code == 302
    approve(review=review, at=NOW, by=officer)
    photo.refresh_from_db()
    for kind in ("avif", "webp", "jpg"):
        assert default_storage.exists(f"reviews/{photo.public}/240.{kind}")
    assert f"{photo.public}/240.avif" in page_of(client, article)
    refuse(review=review, reason="广告", at=NOW, by=officer)
    assert not default_storage.exists(f"reviews/{photo.public}/240.jpg")
    assert photo.public not in page_of(client, article)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_photo_loses_nothing_typed(client: Client, article, content: bytes) -> None:
    line = received_line(article)
    address = reverse("shop-reviews:write", args=[line.order.token, line.pk])
    files = [SimpleUploadedFile("a.jpg", content, "image/jpeg")]
    response = client.post(address, {"score": "4", "body": "葱叶有点蔫", "photos": files})
    if content:
        assert response.status_code == 400 and "葱叶有点蔫" in response.content.decode()
        assert not ProductReview.objects.exists()


def test_somebody_elses_line_and_a_wrong_token_open_nothing(client: Client, article) -> None:
    line, other = received_line(article), received_line(article)
    for token, pk in [("guessed", line.pk), (line.order.token, other.pk)]:
        assert client.post(reverse("shop-reviews:write", args=[token, pk]), {"score": "1"}).status_code == 404
    assert client.get(reverse("shop-reviews:order", args=["guessed"])).status_code == 404


def test_the_sum_follows_every_decision(article, officer) -> None:
    first, second = review_of(article, score=5), review_of(article, score=2)
    for review in (first, second):
        approve(review=review, at=NOW, by=officer)
    voices = Voices.objects.get(article=article)
    assert voices.stars == [0, 1, 0, 0, 1] and summary_of(voices).average == Decimal("3.5")
    refuse(review=second, reason="不是说这个", at=NOW, by=officer)
    voices.refresh_from_db()
    article.refresh_from_db()
    assert (voices.reviews, summary_of(voices).average, article.rating) == (1, Decimal(5), 5.0)


def test_of_two_officers_the_second_is_told(article, officer) -> None:
    review = review_of(article)
    seen_before = ProductReview.objects.get(pk=review.pk)
    approve(review=review, at=NOW, by=officer)
    with pytest.raises(NotDecided):
        refuse(review=seen_before, reason="广告", at=NOW, by=officer)
    review.refresh_from_db()
    assert review.is_approved and review.refusal == ""


def test_the_seller_s_answer_stands_below_what_is_shown_only(client: Client, article, officer) -> None:
    review = review_of(article)
    with pytest.raises(NotDecided):
        answer(review=review, text="谢谢", at=NOW, by=officer)
    approve(review=review, at=NOW, by=officer)
    answer(review=review, text="下次给您多垫一层纸。", at=NOW, by=officer)
    assert "下次给您多垫一层纸。" in page_of(client, article)


def test_an_officer_decides_on_the_page_of_the_review(client: Client, article, officer) -> None:
    review = review_of(article)
    desk = reverse("shop-reviews-desk:desk", args=[review.pk])
    client.force_login(officer)
    assert "葱白长" in client.get(reverse("shop-reviews-desk:index")).content.decode()
    assert client.get(desk).status_code == 200
    assert client.get(f"{desk}approve/")["Location"] == desk
    refused = client.post(f"{desk}refuse/", {"refuse-reason": ""})
    review.refresh_from_db()
    assert refused.status_code == 400 and review.pending_moderation
    client.post(f"{desk}refuse/", {"refuse-reason": "写了别人的电话"})
    review.refresh_from_db()
    assert review.is_rejected and review.refusal == "写了别人的电话"
    order = client.get(reverse("shop-reviews:order", args=[review.line.order.token])).content.decode()
    assert "写了别人的电话" in order


def test_others_do_not_decide(client: Client, article) -> None:
    review = review_of(article)
    client.force_login(person("editor"))
    desk = reverse("shop-reviews-desk:desk", args=[review.pk])
    assert client.post(f"{desk}approve/").status_code in {302, 403}
    review.refresh_from_db()
    assert review.pending_moderation


def test_the_list_is_filtered_and_the_same_for_everybody(client: Client, article, officer) -> None:
    for score, words in ((5, "很甜"), (1, "烂了两根")):
        approve(review=review_of(article, score=score, body=words), at=NOW, by=officer)
    address = reverse("catalogue:reviews-list", args=[article.slug, article.pk])
    page = client.get(address, {"kind": "bad"})
    assert "烂了两根" in page.content.decode() and "很甜" not in page.content.decode()
    assert not page.cookies and "Cookie" not in page.get("Vary", "")
    assert client.get(address, {"kind": "nonsense", "page": "99"}).status_code == 200


def test_the_list_needs_as_many_queries_however_long(
    client: Client, article, officer, django_assert_max_num_queries
) -> None:
    address = reverse("catalogue:reviews-list", args=[article.slug, article.pk])
    for number in range(6):
        approve(review=review_of(article, body=f"第{number}"), at=NOW, by=officer)
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200


def test_oscars_own_ways_to_review_lead_to_the_list(client: Client, article) -> None:
    key = [article.slug, article.pk]
    listed = reverse("catalogue:reviews-list", args=key)
    for address in (
        reverse("catalogue:reviews-add", args=key),
        reverse("catalogue:reviews-detail", args=[*key, 1]),
    ):
        assert client.get(address)["Location"] == listed
        assert client.post(address, {"score": 5, "title": "x", "body": "x"}).status_code == 302
    assert not ProductReview.objects.exists()


def test_a_deleted_account_leaves_the_review_without_its_name(client: Client, article, officer) -> None:
    user = UserFactory(phone="138 0000 1234")
    line = received_line(article, user=user)
    review = write_review(line=line, score=5, body="自家吃的", at=NOW)
    approve(review=review, at=NOW, by=officer)
    assert "王**" in page_of(client, article)
    delete_account(user=user, at=NOW)
    review.refresh_from_db()
    assert (
        review.user is None
        and "王**" not in page_of(client, article)
        and "自家吃的" in page_of(client, article)
    )


@pytest.mark.django_db(transaction=True)
def test_two_windows_leave_one_review(article) -> None:
    line = received_line(article)
    told: list[str] = []

    def send() -> None:
        try:
            write_review(line=line, score=5, body="好", at=NOW)
            told.append("kept")
        except NotReviewed:
            told.append("told")
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", "told"] and ProductReview.objects.count() == 1
