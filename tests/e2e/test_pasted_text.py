"""What is pasted from Word and WeChat into a post, made plain by news/paste.js in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.template import ROOT

SCRIPT = Path(ROOT / "site/news/static/news/paste.js")
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal{margin:0}</style></head>
<body><!--StartFragment-->
<h1><span lang=EN-US>2026</span>年秋收<b>总结</b><o:p></o:p></h1>
<p class=MsoNormal style='text-indent:21.0pt'>亩产<b><span style='color:red'>四千斤</span></b>，<i>略高</i>。
<a href="https://example.org/report"><span>全文</span></a><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span></span><![endif]>先过磅</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>再速测</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·</span>不拆捆</p>
<p class=MsoNormal><img src="file:///C:/clip_image001.png" alt="图片"></p>
<table><tr><td><p>几点</p></td><td>做什么</td></tr><tr><td>6:30</td><td>起葱</td></tr></table>
<p class=MsoNormal>完<script>alert(1)</script></p><!--EndFragment--></body></html>"""
WECHAT = """<section style="font-size:16px"><section>
<span style="font-size: 20px;"><strong>三遍土</strong></span>
</section><section><p><span style="font-weight: bold;">头一遍</span>薄，<em>第二遍</em>厚。<br></p></section>
<section><img data-src="https://mmbiz.qpic.cn/x/640?wx_fmt=jpeg"></section>
<p>看<a href="javascript:void(0)">这里</a>和<a href="https://mp.weixin.qq.com/s/abc">原文</a></p>
<ul class="list-paddingleft-1">
<li><p>一捆五千克</p></li><li><section>一箱两捆</section></li></ul></section>"""


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context()
    context.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
            body=SCRIPT.read_text() if route.request.url.endswith(".js") else "<!doctype html><p>",
        ),
    )
    page = context.new_page()
    page.goto("http://paste.localhost/")
    yield page
    context.close()


def plain(page: Page, html: str):
    return page.evaluate(
        "async (html) => (await import('/paste.js')).plain(html, { picture: '〔图〕' })", html
    )


def test_word_keeps_its_headings_lists_and_links_and_says_what_is_gone(page):
    told = plain(page, WORD)
    assert told["html"] == (
        "<h3>2026年秋收总结</h3>"
        "<p>亩产<strong>四千斤</strong>，<em>略高</em>。 "
        '<a href="https://example.org/report">全文</a></p>'
        "<ol><li>先过磅</li><li>再速测</li></ol><ul><li>不拆捆</li></ul>"
        "<p>〔图〕</p><p>几点 | 做什么</p><p>6:30 | 起葱</p><p>完</p>"
    )
    assert told["lost"] == {"pictures": 1, "tables": 1}


def test_wechat_keeps_its_headings_and_bold_and_loses_scripts(page):
    told = plain(page, WECHAT)
    assert told["html"] == (
        "<h3>三遍土</h3><p><strong>头一遍</strong>薄，<em>第二遍</em>厚。</p><p>〔图〕</p>"
        '<p>看这里和<a href="https://mp.weixin.qq.com/s/abc">原文</a></p>'
        "<ul><li>一捆五千克</li><li>一箱两捆</li></ul>"
    )
    assert told["lost"] == {"pictures": 1, "tables": 0}


def test_nothing_that_acts_comes_through(page):
    told = plain(page, '<p onclick="x()">a<b>&lt;img src=x onerror=x()&gt;</b></p><iframe src="/x"></iframe>')
    assert told["html"] == "<p>a<strong>&lt;img src=x onerror=x()&gt;</strong></p>"
