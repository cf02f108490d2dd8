"""Editors write posts, courses and the brand page in /cms/: forms open, previews show the unsaved."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import User
from news.models import NewsPage
from tests.factories.pages import brand_page, county, course, lesson, news_index, post, training_index


@pytest.fixture
def lucheng(db):
    return county()


@pytest.fixture
def editor(db, client, settings):
    admin = User.objects.create_superuser(email="admin@example.com", password="葱" * 12)
    client.force_login(admin, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def form(**facts):
    return nested_form_data(
        {
            "title": "霜降前",
            "slug": "peitu",
            "intro": "三遍土。",
            "kind": "article",
            "category": "industry",
            "published_on": "2026-11-18",
            "body": streamfield([("heading", "为什么是三遍")]),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "chosen_related-TOTAL_FORMS": "0",
            "chosen_related-INITIAL_FORMS": "0",
            **facts,
        }
    )


@pytest.mark.parametrize(
    "model", ["newspage", "coursepage", "lessonpage", "brandpage", "newsindexpage", "trainingindexpage"]
)
def test_the_form_of_a_new_page_opens(editor, lucheng, model):
    parents = {
        "newspage": lambda: news_index(lucheng),
        "coursepage": lambda: training_index(lucheng),
        "lessonpage": lambda: course(training_index(lucheng), "photo"),
    }
    parent = parents.get(model, lambda: lucheng.site.root_page)()
    app = {"news": "news", "brand": "association"}.get(
        model.removesuffix("page").removesuffix("index"), "training"
    )
    answer = editor.get(reverse("wagtailadmin_pages:add", args=[app, model, parent.pk]))
    assert answer.status_code == 200
    assert "标题" in answer.content.decode()


def test_a_post_written_in_the_form_is_a_draft_under_its_year(editor, lucheng):
    index = news_index(lucheng)
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    answer = editor.post(url, form(**{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    assert editor.get("/news/2026/peitu/").status_code == 404  # it goes live by review: test_news_review
    NewsPage.objects.get().get_latest_revision().publish()
    assert editor.get("/news/2026/peitu/").status_code == 200


def test_a_form_without_a_summary_is_kept_as_a_draft(editor, lucheng):
    index = news_index(lucheng)
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    assert editor.post(url, form(intro="")).status_code == 302
    assert not NewsPage.objects.get().live


def test_a_new_post_can_be_previewed_before_it_is_saved(editor, lucheng):
    index = news_index(lucheng)
    url = reverse("wagtailadmin_pages:preview_on_add", args=["news", "newspage", index.pk])
    assert editor.post(url, form()).json()["is_valid"]
    page = editor.get(url)
    assert page.status_code == 200
    assert "为什么是三遍" in page.content.decode()
    assert not NewsPage.objects.exists()


def test_drafts_can_be_previewed(editor, lucheng):
    index = training_index(lucheng)
    draft = course(index, "photo", live=False)
    pages = [
        post(news_index(lucheng), "a", live=False),
        draft,
        lesson(draft, "one", live=False),
        brand_page(lucheng),
    ]
    for page in pages:
        answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200, page
        assert page.title in answer.content.decode()
