"""Browser tests: what a reader does with the page, clicked through in Chromium.

How to run them stands in CONTRIBUTING.md. Without Chromium, Playwright or the program they are skipped, and say so.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def find_program():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    for path in (os.environ.get("RAPPORTEUR"), target / "release" / "rapporteur", target / "dist" / "rapporteur"):
        if path and Path(path).is_file():
            return str(path)
    return None


@pytest.fixture(scope="session")
def program():
    """The path of the program."""
    path = find_program()
    if path is None:
        pytest.skip("the program is not built: cargo build --release, or set RAPPORTEUR to its path")
    return path


@pytest.fixture(scope="session")
def records(program, tmp_path_factory):
    """A record of each example, by the example's name."""
    folder = tmp_path_factory.mktemp("records")
    paths = {}
    for example in ("harbour", "border", "market", "convoy"):
        paths[example] = folder / f"{example}.rapporteur"
        built = subprocess.run([program, "build", ROOT / "examples" / example, "-o", paths[example]], capture_output=True, text=True)
        # 1 says that something could not be read: the examples hold such things.
        assert built.returncode in (0, 1), built.stderr
    return paths


@pytest.fixture(scope="session")
def pages(program, records):
    """The address of the page of each example."""
    addresses = {}
    for example, record in records.items():
        page = record.with_suffix(".html")
        subprocess.run([program, "report", record, "-o", page], check=True)
        addresses[example] = page.as_uri()
    return addresses


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install -r tests/browser/requirements.txt")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Opens an address in a window of its own; whatever it asks the network for fails the test."""
    contexts = []

    def open_page(address, **options):
        context = chromium.new_context(viewport=options.pop("viewport", {"width": 1200, "height": 900}), **options)
        contexts.append((context, asked := []))
        page = context.new_page()
        page.set_default_timeout(60_000)
        own = address.split("/")[:3]
        page.on("request", lambda r: asked.append(r.url) if r.url.split("/")[:3] != own else None)
        page.on("pageerror", lambda e: asked.append(f"script error: {e}"))
        page.on("console", lambda m: asked.append(f"console: {m.text}") if m.type == "error" else None)
        page.goto(address)
        return page

    yield open_page
    for context, asked in contexts:
        context.close()
        assert asked == []
