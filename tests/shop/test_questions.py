"""Questions: asked by anybody, shown with their first answer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from shop.models import Question
from shop.questions.asking import NotAnswered, NotAsked, answer, ask, refuse
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, seller

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def article():
    return ArticleFactory(title="潞城大葱 鲜葱")


def asked(article, text: str = "能放多久？要放冰箱吗", user=None, address: str = "192.0.2.7") -> Question:
    return ask(article=article, text=text, user=user, address=address, at=NOW)


def test_a_question_is_shown_with_its_answer(client: Client, article) -> None:
    address = reverse("shop-questions:ask", args=[article.pk])
    assert "csrfmiddlewaretoken" in client.get(address).content.decode()
    client.post(address, {"text": "能放多久？要放冰箱吗"})
    question = Question.objects.get()
    listed = reverse("shop-questions:list", args=[article.pk])
    assert "能放多久" not in client.get(listed).content.decode()
    by = seller(article.brand_product)
    answer(question=question, text="背阴处立着，一个多月。", partner=by, at=NOW, by=None)
    for page in (listed, article.get_absolute_url()):
        words = client.get(page).content.decode()
        assert "能放多久" in words and "背阴处立着" in words and by.name in words


@pytest.mark.parametrize("text", ["", "啊", "问" * 301, "   "])
def test_what_asks_nothing_is_refused(client: Client, article, text: str) -> None:
    response = client.post(reverse("shop-questions:ask", args=[article.pk]), {"text": text})
    assert response.status_code == 400 and not Question.objects.exists()


def test_sent_twice_it_is_one_question(article) -> None:
    assert asked(article) == asked(article, address="192.0.2.8")
    assert Question.objects.count() == 1


def test_one_visitor_does_not_fill_the_page(article) -> None:
    for number in range(6):
        asked(article, f"第 {number} 个问题是什么")
    with pytest.raises(NotAsked):
        asked(article, "还有一个问题")
    asked(article, "还有一个问题", address="198.51.100.3")


def test_a_refused_question_is_not_answered(client: Client, article) -> None:
    question, officer = asked(article), person("shop_operator")
    answer(question=question, text="能。", partner=None, at=NOW, by=officer)
    refuse(question=question, reason="广告", at=NOW, by=officer)
    assert "能放多久" not in client.get(article.get_absolute_url()).content.decode()
    with pytest.raises(NotAnswered):
        answer(question=question, text="还是答一句", partner=None, at=NOW, by=officer)
    with pytest.raises(NotAnswered):
        refuse(question=question, reason="再来", at=NOW, by=officer)
    assert question.answers.count() == 1


def test_an_officer_answers_on_the_page_of_the_question(client: Client, article) -> None:
    question = asked(article)
    client.force_login(person("shop_operator"))
    desk = reverse("shop-questions-desk:desk", args=[question.pk])
    assert client.get(reverse("shop-questions-desk:index")).status_code == 200
    assert client.post(f"{desk}answer/", {"answer-text": " "}).status_code == 400
    client.post(f"{desk}answer/", {"answer-text": "不用冰箱。"})
    question.refresh_from_db()
    assert question.state == Question.State.ANSWERED and question.answers.get().partner is None
    assert client.get(desk).status_code == 200


def test_a_deleted_account_leaves_a_question_without_a_name(client: Client, article) -> None:
    user = UserFactory(last_name="李", first_name="红", phone="138 0000 1234")
    question = asked(article, user=user)
    answer(question=question, text="能。", partner=None, at=NOW, by=None)
    assert question.name == "李**"
    delete_account(user=user, at=NOW)
    question.refresh_from_db()
    assert (question.name, question.asked_by) == ("", None)


def test_an_article_that_is_not_public_has_no_questions(client: Client, article) -> None:
    type(article).objects.filter(pk=article.pk).update(is_public=False)
    assert client.get(reverse("shop-questions:list", args=[article.pk])).status_code == 404
    assert (
        client.post(reverse("shop-questions:ask", args=[article.pk]), {"text": "能放多久"}).status_code == 404
    )
