"""A trainee's whole way, a teacher's class with its door, an officer's file for the acceptance."""

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import zxingcpp
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e import studying
from tests.e2e.back_office import DESK, BackOffice
from tests.e2e.conftest import PHONE
from tests.e2e.running import Product

COURSE = "kan-biaoqian"
LESSON = f"/training/{COURSE}/siyang-dongxi/"  # 44 s
NAME = "陈一"
HEADLINE = "会看标签，能站柜台"


def test_a_trainee_watches_resumes_passes_and_is_certified(product: Product, browser: Browser, page) -> None:
    desk = studying.sign_in(product, browser.new_context(**DESK), "consumer", to="/training/me/")
    studying.enrol(desk, product, COURSE, name=NAME)
    studying.open_film(desk, product, LESSON)
    studying.watch(desk, up_to=8)
    studying.seek(desk, to=36)
    studying.watch(desk, up_to=37.5)
    left_at = studying.seconds(desk)
    learnt = studying.percent_learnt(desk, product, COURSE)
    assert 10 <= learnt <= 35, "what was skipped is not learnt"

    phone = studying.sign_in(product, browser.new_context(**PHONE), "consumer", to="/training/me/")
    studying.open_film(phone, product, LESSON)
    assert abs(studying.wait_for_place(phone) - left_at) <= 5, "resumed within five seconds of the place"
    studying.seek(phone, to=7)
    studying.watch(phone, up_to=42.5, rate=2)
    assert studying.percent_learnt(phone, product, COURSE) == 100

    _sit_exam(desk, product)
    _see_certificate_verified(desk, product, page)
    _join_and_leave_the_talent_pool(phone, product, browser)
    for each in (desk, phone):
        each.context.close()


def _sit_exam(desk: Page, product: Product) -> None:
    desk.goto(f"{product.url}/training/me/courses/{COURSE}/")
    desk.get_by_role("link", name=re.compile("考试")).first.click()
    desk.get_by_role("button", name=re.compile("开始")).click()
    studying.answer_paper(desk, studying.right_answers(COURSE))
    expect(desk.get_by_text(re.compile(r"100\s*%")).first).to_be_visible()


def _see_certificate_verified(desk: Page, product: Product, stranger: Page) -> None:
    for _try in range(45):  # the worker looks whether everything is there now
        desk.goto(f"{product.url}/training/me/certificates/")
        if desk.locator("main article").count():
            break
        desk.wait_for_timeout(2_000)
    with desk.expect_download() as begun:
        desk.get_by_role("link", name="PDF").click()
    picture = pypdfium2.PdfDocument(begun.value.path())[0].render(scale=3).to_pil()
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    stranger.goto(f"{product.url}{found.text[found.text.index('/training/') :]}")
    expect(stranger.locator(".verdict.ok")).to_be_visible()
    expect(stranger.get_by_text("一张标签，一分钟看懂").first).to_be_visible()
    stranger.locator("#holder-name").fill(NAME)
    stranger.get_by_role("button", name="比较").click()
    expect(stranger.locator("#holder .note.ok")).to_be_visible()


def _join_and_leave_the_talent_pool(phone: Page, product: Product, browser: Browser) -> None:
    member = studying.sign_in(product, browser.new_context(**DESK), "member", to="/training/talent/people/")
    expect(member.locator(".people").get_by_text(HEADLINE)).to_have_count(0)
    phone.goto(f"{product.url}/training/me/talent/")
    phone.locator("#join-talent").click()
    phone.locator("[name=headline]").fill(HEADLINE)
    for name in ("abilities", "interests"):
        phone.locator(f"[name={name}]").first.check()
    phone.locator("[name=hours][value=season]").check()
    phone.locator("[name=reach][value=county]").check()
    phone.locator("[name=place]").fill("史回乡")
    phone.locator("[name=pay_from]").fill("3000")
    phone.locator("[name=pay_to]").fill("4500")
    phone.locator("[name=phone]").fill("13800138000")
    phone.locator("[name=agreed]").check()
    phone.locator("#talent-form button").last.click()
    expect(phone.locator("#talent-profile")).to_contain_text(HEADLINE)

    member.reload()
    member.locator(".people .person", has_text=HEADLINE).locator("a").first.click()
    expect(member.locator("#talent-profile")).to_contain_text("一张标签，一分钟看懂")
    expect(member.locator("main")).not_to_contain_text("13800138000")

    phone.goto(f"{product.url}/training/me/talent/")
    expect(phone.locator("#talent-looks")).to_be_visible()
    phone.goto(f"{product.url}/training/me/talent/leave/")
    phone.locator("form#leave-talent button").last.click()
    expect(phone.locator("#talent-out")).to_be_visible()
    answer = member.reload()
    assert answer is not None
    assert answer.status in {404, 410}
    member.goto(f"{product.url}/training/talent/people/")
    expect(member.locator("main").get_by_text(HEADLINE)).to_have_count(0)
    member.context.close()


def test_a_teacher_runs_a_class_and_phones_check_in_with_and_without_a_network(
    product: Product, browser: Browser
) -> None:
    teacher = BackOffice.enter(product, browser, "teacher")
    title = _open_class(teacher)
    phone = studying.sign_in(product, browser.new_context(**PHONE), "trainee", to="/training/classes/")
    phone.get_by_role("link", name=title).first.click()
    phone.get_by_role("link", name="报名").first.click()
    phone.get_by_role("button", name="报名").click()

    teacher.page.reload()
    teacher.page.get_by_role("link", name="门口签到屏").first.click()
    link = _scan(teacher.page)
    expect(phone.locator("[data-ready]")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("先记在这部手机上")
    phone.context.set_offline(False)
    expect(teacher.page.locator(".door-count b")).to_have_text("1", timeout=60_000)
    phone.goto(_scan(teacher.page))
    expect(phone.locator("main")).to_contain_text("你签过到了")
    phone.context.close()
    _take_the_sheet(teacher)
    teacher.leave()


def _take_the_sheet(teacher: BackOffice) -> None:
    teacher.page.go_back()
    link = teacher.page.get_by_role("link", name="到课表 PDF").first.get_attribute("href")
    sheet = teacher.page.request.get(f"{teacher.product.url}{link}").body()
    words = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert "常小满" in words


def _open_class(teacher: BackOffice) -> str:
    begins, title = timezone.localtime() + timedelta(minutes=20), "看标签，当面教"
    teacher.open("training/classes/new/")
    teacher.page.locator("#id_region").select_option(label="潞城")
    teacher.fill({"title": title, "place": "史回乡文化站", "teacher": "郭建平", "is_public": True})
    for name, moment in (("starts_at", begins), ("ends_at", begins + timedelta(hours=2))):
        teacher.page.locator(f"#id_{name}").fill(f"{moment:%Y-%m-%d %H:%M}")
        teacher.page.keyboard.press("Escape")
    teacher.page.locator(
        "form[method=post] footer button, form[method=post] button[type=submit]"
    ).last.click()
    return title


def _scan(screen: Page) -> str:
    """Return what a phone reads off the screen at the door."""
    screen.locator("[data-code] svg").wait_for()
    picture = Image.open(BytesIO(screen.locator("[data-code]").screenshot()))
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return found.text


def test_an_officer_takes_the_acceptance_file_along(product: Product, browser: Browser) -> None:
    officer = BackOffice.enter(product, browser, "training_officer")
    officer.open("training/figures/")
    expect(officer.page.get_by_text("对照指标")).to_be_visible()
    with officer.page.expect_download() as begun:
        officer.page.get_by_role("link", name="验收表").click()
    book = load_workbook(BytesIO(begun.value.path().read_bytes()))
    rows = list(book["学员名录"].iter_rows(values_only=True))
    assert any("秦晓梅" in row for row in rows)
    officer.leave()
