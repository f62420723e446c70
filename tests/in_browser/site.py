"""Go through lessons of the site that `docs/lite.py` builds, in Chromium, cell by cell.

    python -m tests.in_browser.site SITE 01-fetches 09-races
    python -m tests.in_browser.site SITE --cdn PYODIDE --pictures FOLDER

Nothing is fetched from elsewhere: what a site without Pyodide asks of its CDN is answered from the folder PYODIDE.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import pathlib
import shutil
import sys
import threading
import time

from playwright.sync_api import Page, Route, sync_playwright

# The notebook as it was saved, from the database in which JupyterLite keeps files.
SAVED = """async (name) => {
    for (const { name: database } of await indexedDB.databases()) {
        const opened = await new Promise((done) => { const r = indexedDB.open(database); r.onsuccess = () => done(r.result); });
        if (!opened.objectStoreNames.contains("files")) continue;
        const files = opened.transaction("files").objectStore("files");
        const found = await new Promise((done) => { const r = files.get(name); r.onsuccess = () => done(r.result); });
        if (found) return found.content;
    }
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

    def log_message(self, *args: object) -> None:
        pass


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("lessons", nargs="*", help="by default all")
    parser.add_argument("--cdn", type=pathlib.Path, metavar="PYODIDE", help="answers what is asked of Pyodide's CDN")
    parser.add_argument(
        "--pictures", type=pathlib.Path, metavar="FOLDER", help="where to put a picture of the first graph of each"
    )
    options = parser.parse_args()
    lessons = options.lessons or sorted(path.stem for path in (options.site / "files").glob("[0-9]*.ipynb"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(options.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/"
    foreign: list[str] = []

    def answer(route: Route) -> None:
        url = route.request.url
        file = options.cdn / url.rpartition("/")[2] if options.cdn and "/pyodide/v" in url else None
        if url.startswith(home):
            route.continue_()
        elif file and file.is_file():
            kind = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}.get(file.suffix)
            route.fulfill(path=file, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
        else:
            foreign.append(url)
            route.abort()

    failed = 0
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for lesson in lessons:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.route("**/*", answer)
            page = context.new_page()
            start = time.perf_counter()
            page.goto(f"{home}lab/index.html?path={lesson}.ipynb")
            given = json.loads((options.site / "files" / f"{lesson}.ipynb").read_text())["cells"]
            picture = options.pictures / f"{lesson}.png" if options.pictures else None
            cells = go_through(page, f"{lesson}.ipynb", len(given), picture)
            problems = wrong(cells)
            failed += bool(problems)
            ran = sum(cell.get("execution_count") is not None for cell in cells)
            print(f"{lesson}: {ran} cells in {time.perf_counter() - start:.0f} s, {'; '.join(problems) or 'good'}")
            context.close()
        browser.close()
    print(f"asked of others: {sorted(set(foreign)) or 'nothing'}")
    return failed


def go_through(page: Page, name: str, count: int, picture: pathlib.Path | None) -> list[dict]:
    """Run a notebook cell by cell, as a reader does, and return its cells as they are saved then.

    A picture is taken where the lesson first shows a graph.
    """
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-NotebookPanel-toolbar >> text=Pyodide", timeout=60_000)
    page.click(".jp-Notebook .jp-Cell >> nth=0")
    page.keyboard.press("Escape")
    for _ in range(count):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(100)
        page.wait_for_function("() => document.body.innerText.includes('| Idle')", timeout=120_000)
        if picture and page.locator(".jp-OutputArea iframe").count():
            page.locator(".jp-OutputArea iframe").first.scroll_into_view_if_needed()
            page.wait_for_timeout(2000)
            page.screenshot(path=picture)
            picture = None
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    return page.evaluate(SAVED, name)["cells"]


def wrong(cells: list[dict]) -> list[str]:
    """Return what is not as it should be: cells that did not run, errors that a lesson does not want."""
    problems = []
    exercises = sum("exercise" in cell["metadata"].get("tags", []) for cell in cells)
    waiting = str(cells).count("Not yet: replace the ...")
    if exercises != waiting:
        problems.append(f"{waiting} checks of {exercises} wait for an answer")
    for cell in cells:
        if cell["cell_type"] != "code" or not cell["source"]:  # Shift+Enter in the last cell adds an empty one
            continue
        source = "".join(cell["source"])
        if cell["execution_count"] is None:
            problems.append(f"did not run: {source!r}")
        errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
        if errors and "raises-exception" not in cell["metadata"].get("tags", []):
            problems.append(f"{errors[0]['ename']}: {errors[0]['evalue']} in {source!r}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
