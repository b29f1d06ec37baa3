"""The self-contained page."""

import pytest

PHONE = {"width": 400, "height": 800}
EXAMPLES = ["harbour", "border", "market"]


def first_claim(page):
    """The first claim of the first figure: its link to the words, and the words."""
    link = page.locator("table.figures .claim a.w").first
    return link, link.locator("mark").inner_text()


def lit_words(page):
    """What is lit in the panel: words that cross others are lit in parts."""
    return page.evaluate("[...document.querySelectorAll('#panel .lit')].map(e => e.textContent).join('')")


def test_the_first_screen_answers_the_questions(visit, pages):
    page = visit(pages["border"])
    row = page.locator(".brief tbody tr").first
    assert "killed" in row.inner_text() and "by " in row.inner_text()
    box = row.bounding_box()
    assert box["y"] + box["height"] < 900
    row.locator(".fig a.w").first.click()
    assert page.locator("#panel .lit").first.is_visible()
    page.keyboard.press("Escape")
    title = row.locator("th a")
    title.click()
    incident = page.locator(":target")
    assert incident.locator(".headline").inner_text() == title.inner_text()
    assert incident.bounding_box()["y"] < 900


def test_a_figure_leads_to_its_words_beside_it(visit, pages):
    page = visit(pages["harbour"])
    link, words = first_claim(page)
    link.click()
    panel = page.locator("#panel")
    lit = panel.locator(".lit").first
    assert lit_words(page) == words
    box = lit.bounding_box()
    assert 0 <= box["y"] <= 900, "the words are in sight"
    page.keyboard.press("Escape")
    assert panel.count() == 0


def test_a_figure_leads_to_its_words_without_script(visit, pages):
    page = visit(pages["harbour"], java_script_enabled=False)
    link, words = first_claim(page)
    link.click()
    target = page.locator(":target")
    assert target.inner_text() == words
    assert target.is_visible(), "the folded report opens"
    box = target.bounding_box()
    assert 0 <= box["y"] <= 900


@pytest.mark.parametrize("value", ["p.when", "p.where", ".tags .tag[class*=quad-]", ".tags .tag[class*=is-]"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_date_place_type_and_factuality_lead_to_their_words(visit, pages, example, value):
    page = visit(pages[example])
    links = page.locator(f"article.incident > header {value} a.w")
    assert links.count() > 0
    link = links.first
    link.click()
    words = lit_words(page)
    assert words.strip()
    grounds = link.locator("xpath=ancestor::article").locator("dl.grounds")
    page.keyboard.press("Escape")
    link.locator("xpath=ancestor::article").locator("details.mentions > summary").click()
    assert words.split()[0] in grounds.inner_text(), "the card lists the words of each value"


def test_a_date_that_is_counted_leads_to_the_day_of_publication_too(visit, pages):
    page = visit(pages["border"])
    counted = page.locator("dl.grounds", has_text="counted from the day of publication").first
    counted.locator("xpath=ancestor::article").locator("details.mentions > summary").click()
    link = counted.locator("span.how + a.w, span.how ~ a.w").first
    assert link.get_attribute("href").startswith("#")
    link.click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelectorAll('details.report').length") > 0


def test_the_panel_leads_on_to_the_report(visit, pages):
    page = visit(pages["harbour"])
    link, words = first_claim(page)
    link.click()
    page.get_by_role("button", name="In the report").click()
    assert page.locator(":target").inner_text() == words
    assert page.locator("#panel").count() == 0


def test_the_keyboard_is_enough(visit, pages):
    page = visit(pages["border"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    link, _ = first_claim(page)
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert link.evaluate("e => e === document.activeElement"), "the focus is back where it was"


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_dispute_shows_both_sides_with_their_words(visit, pages, example):
    page = visit(pages[example])
    disputes = page.locator(".dispute")
    assert disputes.count() > 0
    for n in range(disputes.count()):
        sides = disputes.nth(n).locator(".side")
        assert sides.count() >= 2
        told = [s for s in sides.all() if "silent" not in s.get_attribute("class")]
        assert all(s.locator("a.w mark").count() > 0 for s in told)
    side = page.locator(".dispute .side a.w").first
    words = side.locator("mark").inner_text()
    side.click()
    # Long words are shortened beside the value, never in the report.
    assert lit_words(page).split()[:5] == words.split()[:5]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_phone_needs_no_sideways_scrolling(visit, pages, example):
    page = visit(pages[example], viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_map_leads_to_what_happened_there(visit, pages):
    page = visit(pages["harbour"])
    marker = page.locator(".map a.marker").first
    href = marker.get_attribute("href")
    marker.locator("circle, rect").first.click()
    assert page.locator(":target").count() == 1
    assert page.url.endswith(href)


def test_light_and_dark_differ_and_paper_shows_the_statements(visit, pages):
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit(pages["market"], color_scheme="light").evaluate(background)
    page = visit(pages["market"], color_scheme="dark")
    assert page.evaluate(background) != light
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator(".statements .variant").first.is_visible()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_link_leads_somewhere(visit, pages, example):
    page = visit(pages[example])
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert missing == []
