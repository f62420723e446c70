"""A Chromium for tests that drive the page. Where there is none they are skipped, unless MINIGRAPH_BROWSER is set."""

import os
import shutil

import pytest

import minigraph as tf

TRACED = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(*options):
    """Return (playwright, browser), or skip the test (fails it where MINIGRAPH_BROWSER is set).

    Args:
        options: further arguments of the browser.
    """
    missing = pytest.fail if os.environ.get("MINIGRAPH_BROWSER") else pytest.skip
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("no playwright: pip install 'minigraph[browser]'")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("no Chromium on the PATH: apt-get install chromium")
    playwright = sync_playwright().start()
    return playwright, playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *options])


WHOLE_TITLES = """all => all.map(title => [...title.childNodes].filter(
    part => !part.matches || !part.matches('.count')).map(part => part.textContent).join(''))"""


class Screen:
    """A page in a browser, with what tests ask of it."""

    def __init__(self, page):
        self.page, self.complaints, self.requests = page, [], []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path):
        self.page.goto(f"file://{path}")
        self.page.wait_for_selector("body[data-ready]")
        return self

    def box(self, name):
        """Return the box or frame whose title is `name`."""
        return self.page.locator(".thing", has=self.page.locator(f":scope > .title:text-is('{name}')"))

    def titles(self):
        """Return the titles of all boxes and frames, without the counts of frames."""
        return self.page.eval_on_selector_all(".thing > .title", WHOLE_TITLES)

    def settle(self):
        """Wait until nothing glides any more."""
        self.page.wait_for_function("() => !document.querySelector('.gliding')")

    def place(self, locator):
        """Return the upper left corner on the screen."""
        return tuple(locator.evaluate("e => { const {e: x, f: y} = e.getScreenCTM(); return [x, y]; }"))

    def open_scope(self, name):
        self.box(name).locator(":scope > .toggle").click()
        self.settle()

    def mode(self, name):
        self.page.click(f"#mode-{name}")

    def find(self, name):
        """Go to a node by the search box."""
        self.page.fill("#search", name)
        self.page.keyboard.press("Enter")
        self.settle()

    def heading(self):
        return self.page.inner_text(".panel h2 >> nth=0")

    def section(self, heading):
        """Return the text of a section of the panel."""
        found = self.page.locator(".panel section", has=self.page.locator(f"h3:text-is('{heading}')"))
        return found.first.inner_text() if found.count() else None

    def links(self, heading):
        found = self.page.locator(".panel section", has=self.page.locator(f"h3:has-text('{heading}')"))
        return found.first.locator(".link").all_inner_texts()

    def state(self, name):
        return self.box(name).first.get_attribute("data-state")
