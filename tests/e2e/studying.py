"""A trainee's hands: signing in, enrolling, playing a film, sitting a paper."""

import tomllib
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.running import Product
from tests.template import ROOT

PLAY = "(video, rate) => { video.muted = true; video.playbackRate = rate; return video.play() }"
# asked again and again from here: the pages' policy forbids the driver's own way of waiting inside of them
STEP = 100  # ms
EXAMS = ROOT / "site" / "demo" / "content" / "lucheng" / "exams.toml"


def sign_in(product: Product, context: BrowserContext, role: str, *, to: str) -> Page:
    """Open `to` as the demo's person of that role."""
    page, account = context.new_page(), product.facts["accounts"][role]
    page.goto(f"{product.url}/accounts/login/?next={to}")
    page.fill("[name=login]", account["login"])
    page.fill("[name=password]", account["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{to}")
    return page


def enrol(page: Page, product: Product, course: str, *, name: str) -> None:
    """Enrol from the page of the course, saying who one is."""
    page.goto(f"{product.url}/training/{course}/")
    page.get_by_role("link", name="报名").first.click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=group]").select_option("shop_owner")
    page.locator("[name=place]").fill("史回乡")
    page.locator("main form button").click()
    page.wait_for_url("**/training/me/**")


def open_film(page: Page, product: Product, path: str) -> None:
    """Open a lesson and wait until its film can be played: it is converted after the start."""
    for _try in range(40):
        page.goto(f"{product.url}{path}")
        if page.locator("video#film").count():
            break
        page.wait_for_timeout(3_000)
    expect(page.locator("video#film")).to_be_visible()
    _wait(page, "video => video.readyState >= 1")


def _wait(page: Page, holds: str, *, seconds: int = 30) -> None:
    for _try in range(seconds * 1_000 // STEP):
        if page.locator("#film").evaluate(holds):
            return
        page.wait_for_timeout(STEP)
    raise TimeoutError(holds)


def wait_for_place(page: Page) -> float:
    """Wait until the film stands where it was left, and return where that is, in seconds."""
    _wait(page, "video => video.currentTime > 1")
    return seconds(page)


def seconds(page: Page) -> float:
    """Return where the film stands."""
    return float(page.locator("#film").evaluate("video => video.currentTime"))


def seek(page: Page, *, to: float) -> None:
    """Drag the film to a place."""
    page.locator("#film").evaluate("(video, to) => { video.currentTime = to }", to)


def watch(page: Page, *, up_to: float, rate: float = 1) -> None:
    """Let the film play until it stands at `up_to` seconds, and stop it there."""
    page.locator("#film").evaluate(PLAY, rate)
    _wait(page, f"video => video.currentTime >= {up_to}", seconds=60)
    with page.expect_response(lambda answer: "/training/beat/" in answer.url):
        page.locator("#film").evaluate("video => video.pause()")


def percent_learnt(page: Page, product: Product, course: str) -> int:
    """Return how much of the first lesson of a course stands as learnt on one's own page, in per cent."""
    page.goto(f"{product.url}/training/me/courses/{course}/")
    words = page.locator(".lessons li .fine").first.inner_text()
    return 100 if words == "学完" else int("".join(sign for sign in words if sign.isdigit()) or 0)


def right_answers(course: str) -> dict[str, list[str]]:
    """Return the right words of each question of a course's exam, by the question."""
    told = tomllib.loads(EXAMS.read_text())
    exam: dict[str, Any] = next(each for each in told["exam"] if each["course"] == course)
    found = {}
    for asked in exam["question"]:
        words = [word.lstrip("*") for word in asked.get("options", []) if word.startswith("*")]
        found[asked["text"]] = words or ["对" if asked["holds"] else "错"]
    return found


def answer_paper(page: Page, right: dict[str, list[str]]) -> None:
    """Answer every question of a paper as is right, and hand it in."""
    for question in page.locator("fieldset.question").all():
        text = question.locator("legend b").inner_text().strip()
        for word in right[text]:
            question.locator("label", has_text=word).first.click()
    page.get_by_role("button", name="交卷").click()
