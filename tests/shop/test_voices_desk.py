"""Sellers answer on their desk what buyers ask and say about their goods, and nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.questions.asking import ask
from shop.reviewing.deciding import approve
from shop.reviewing.links import line_links
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, seller
from tests.factories.voices import picture, received_line, review_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def lucheng(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return county()


def keeper_of(article):
    keeper = UserFactory()
    seller(article.brand_product).users.add(keeper)
    return keeper


def asked(article, text: str):
    return ask(article=article, text=text, user=None, address="192.0.2.1", at=NOW)


def test_a_seller_answers_questions_and_reviews_of_its_own(client: Client) -> None:
    mine, other = ArticleFactory(), ArticleFactory()
    question, review = asked(mine, "能放多久？"), review_of(mine, score=2, body="蔫了一半")
    foreign = asked(other, "别家的问题是什么")
    approve(review=review, at=NOW, by=None)
    client.force_login(keeper_of(mine))
    page = client.get(reverse("shop-desk:voices")).content.decode()
    assert "能放多久" in page and "蔫了一半" in page and "别家的" not in page
    assert client.get(reverse("shop-desk:desk")).status_code == 200
    address = reverse("shop-desk:voices")
    empty = client.post(address, {"act": f"q{question.pk}", f"q{question.pk}-text": " "})
    assert empty.status_code == 400
    client.post(address, {"act": f"q{question.pk}", f"q{question.pk}-text": "一个月。"})
    client.post(address, {"act": f"r{review.pk}", f"r{review.pk}-text": "给您补一捆。"})
    client.post(address, {"act": f"q{foreign.pk}", f"q{foreign.pk}-text": "插一句"})
    review.refresh_from_db()
    assert question.answers.get().partner == seller(mine.brand_product) and review.reply == "给您补一捆。"
    assert not foreign.answers.exists()


def test_an_operator_sees_all_and_a_stranger_nothing(client: Client) -> None:
    asked(ArticleFactory(), "能放多久？")
    client.force_login(person("shop_operator"))
    assert "能放多久" in client.get(reverse("shop-desk:voices")).content.decode()
    client.force_login(UserFactory())
    assert client.get(reverse("shop-desk:voices")).status_code == 403


def test_the_order_leads_to_the_review(client: Client) -> None:
    line = received_line(ArticleFactory())
    links = line_links(line.order, NOW)
    assert [link.url for link in links[line.pk]] == [
        reverse("shop-reviews:write", args=[line.order.token, line.pk])
    ]
    line.order.state = "sent"
    assert line_links(line.order, NOW) == {}


def test_a_photo_in_a_review_is_no_error_where_no_coupon_is_given() -> None:
    review = review_of(ArticleFactory(), photos=[picture()])
    approve(review=review, at=NOW, by=None)
    assert review.is_approved
