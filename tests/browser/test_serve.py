"""The served record: searched, filtered, read and downloaded as a reader does."""

import csv
import re
import subprocess

import pytest

PHONE = {"width": 400, "height": 800}
PAGES = ["/", "/incidents", "/timeline", "/map", "/actors", "/statements", "/disputes", "/reports", "/search?q=strike", "/api"]


@pytest.fixture(scope="session")
def sites(program, records):
    """The address of each example's record, served."""
    servers, addresses = [], {}
    for example, record in records.items():
        server = subprocess.Popen([program, "serve", record, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        servers.append(server)
        addresses[example] = server.stdout.readline().strip().rstrip("/")
    yield addresses
    for server in servers:
        server.terminate()
        server.wait()


def number(words):
    """The first number of some words."""
    return int(re.search(r"\d+", words.replace("\u202f", "").replace("\u2009", "")).group())


def test_a_search_leads_to_the_words(visit, sites):
    page = visit(sites["harbour"] + "/")
    page.get_by_role("searchbox", name="Search").first.fill("depot")
    page.keyboard.press("Enter")
    reports = page.locator("section.found", has=page.get_by_role("heading", name="Reports"))
    assert reports.locator("mark").first.inner_text().lower() == "depot"
    hit = reports.locator("li a").first
    title = hit.inner_text()
    hit.click()
    assert page.locator("article.report h1").inner_text() == title


def test_a_facet_filters_to_as_many_as_it_says(visit, sites):
    page = visit(sites["convoy"] + "/incidents")
    facet = page.locator("section.facet", has=page.get_by_role("heading", name="Type", exact=True))
    choice = facet.locator("li a").first
    said = number(choice.locator(".n").inner_text())
    choice.click()
    assert number(page.locator(".total strong").inner_text()) == said
    assert page.locator(".brief tbody tr").count() == min(said, 25)
    page.locator(".chosen a").first.click()
    assert "type=" not in page.url and page.locator(".chosen").count() == 0


def test_a_form_filters_by_words_and_days(visit, sites):
    page = visit(sites["harbour"] + "/incidents")
    all_of_them = number(page.locator(".total strong").inner_text())
    page.get_by_label("Words").fill("depot")
    page.get_by_label("From").fill("2023-09-01")
    page.get_by_role("button", name="Apply").click()
    assert "q=depot" in page.url and "from=2023-09-01" in page.url
    assert 0 < number(page.locator(".total strong").inner_text()) < all_of_them
    assert page.get_by_label("Words").input_value() == "depot"


def test_a_figure_leads_to_its_words_in_the_report(visit, sites):
    page = visit(sites["harbour"] + "/incidents?has=figures&sort=reports")
    page.locator(".brief tbody th a").first.click()
    link = page.locator("table.figures .claim a.w").first
    words = link.locator("mark").inner_text()
    link.click()
    target = page.locator(":target")
    assert target.inner_text() == words
    box = target.bounding_box()
    assert 0 <= box["y"] <= 900, "the words are in sight"
    assert target.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)", "and lit"


@pytest.mark.parametrize("value", ["p.when", "p.where", ".tags .tag[class*=quad-]", ".tags .tag[class*=is-]"])
def test_date_place_type_and_factuality_lead_to_their_words(visit, sites, value):
    page = visit(sites["harbour"] + "/incidents?has=date&has=place&has=figures&sort=reports")
    page.locator(".brief tbody th a").first.click()
    page.locator(f"article.incident > header {value} a.w").first.click()
    lit = page.locator(".text .lit, .text :target")
    assert lit.count() > 0 and lit.first.inner_text().strip()
    box = lit.first.bounding_box()
    assert 0 <= box["y"] <= 900, "the words are in sight"
    assert lit.first.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)", "and lit"


def test_words_that_cross_others_are_lit_in_all_their_parts(visit, sites):
    page = visit(sites["border"] + "/reports")
    for href in [a.get_attribute("href") for a in page.locator("main th a").all()]:
        page.goto(sites["border"] + href)
        parts = page.locator(".text [data-of]")
        if parts.count() > 0:
            break
    of = parts.first.get_attribute("data-of")
    page.goto(sites["border"] + href + f"?words={of}#{of}")
    shown = page.evaluate("[...document.querySelectorAll('.text .lit')].map(e => e.textContent).join('')")
    first = page.locator(f"[id='{of}']").inner_text()
    assert shown.startswith(first) and len(shown) > len(first)


@pytest.mark.parametrize("example", ["harbour", "border", "market"])
def test_a_dispute_shows_its_sides_and_its_incident(visit, sites, example):
    page = visit(sites[example] + "/disputes")
    assert page.locator(".dispute").count() > 0
    assert page.locator(".dispute").first.locator(".side").count() >= 2
    incident = page.locator("article.item .about a").first
    title = incident.inner_text()
    incident.click()
    assert page.locator("article.incident h1").inner_text() == title


def test_a_download_holds_the_rows_of_the_page(visit, sites, tmp_path):
    page = visit(sites["border"] + "/incidents?sort=title&limit=200&factuality=happened")
    shown = [a.get_attribute("href").rsplit("/", 1)[1] for a in page.locator(".brief tbody th a").all()]
    with page.expect_download() as download:
        page.locator(".downloads a", has_text="CSV").first.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    with open(path, newline="", encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == shown


def test_ties_come_as_a_table_of_their_own(visit, sites, tmp_path):
    page = visit(sites["harbour"] + "/actors")
    with page.expect_download() as download:
        page.locator(".downloads a[href^='/ties.csv']").click()
    path = tmp_path / "ties.csv"
    download.value.save_as(path)
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row["a"] and row["relation"] and row["b"] and row["words"] for row in rows)


@pytest.mark.parametrize("path", PAGES)
def test_headings_begin_with_one_of_the_first_level_and_leave_none_out(visit, sites, path):
    page = visit(sites["harbour"] + path)
    levels = page.evaluate("[...document.querySelectorAll('main h1, main h2, main h3, main h4, main h5')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:])), levels


def test_the_keyboard_is_enough(visit, sites):
    page = visit(sites["market"] + "/incidents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_a_phone(visit, sites, path):
    page = visit(sites["harbour"] + path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_filters_are_folded_away_on_a_phone(visit, sites):
    page = visit(sites["harbour"] + "/incidents", viewport=PHONE, java_script_enabled=False)
    assert not page.get_by_label("Words").is_visible()
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Words").fill("depot")
    page.get_by_role("button", name="Apply").click()
    assert "q=depot" in page.url


def test_light_and_dark(visit, sites):
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit(sites["harbour"] + "/", color_scheme="light").evaluate(background)
    dark = visit(sites["harbour"] + "/", color_scheme="dark").evaluate(background)
    assert light != dark
