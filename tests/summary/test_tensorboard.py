"""What the real TensorBoard shows, asked over HTTP, of an unmodified program that writes each kind of event."""

from __future__ import annotations

import json
import pathlib
import re
import struct
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import numpy as np
import pytest
from viz.browser import Screen, launch

PROGRAM = pathlib.Path(__file__).with_name("everything.py")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("events")
    command = [sys.executable, "-m", "minigraph", "run", str(PROGRAM), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == "done\n", done.stderr
    return folder


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    """Start TensorBoard; return where it answers."""
    log = tmp_path_factory.mktemp("log") / "tensorboard"
    options = ["--logdir", str(folder), "--port", "0", "--load_fast", "false"]
    with log.open("w") as file:
        board = subprocess.Popen([sys.executable, "-m", "tensorboard.main", *options], stdout=file, stderr=file)
    try:
        end = time.monotonic() + 120
        while not (found := re.search(r"at (http://\S+)", log.read_text())):
            assert board.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.1)

        yield found.group(1)
    finally:
        board.terminate()
        board.wait()


@pytest.fixture(scope="module")
def ask(address):
    """Return a function that asks TensorBoard for a path, and returns bytes."""

    def ask(path, **query):
        query.setdefault("run", ".")
        with urllib.request.urlopen(f"{address}data/{path}?{urllib.parse.urlencode(query)}", timeout=60) as answer:
            return answer.read()

    end = time.monotonic() + 60
    while b'"by_hand"' not in ask("plugin/scalars/tags"):  # it reads the files in a thread
        assert time.monotonic() < end
        time.sleep(0.1)
    return ask


@pytest.fixture(scope="module")
def tell(ask):
    """Return a function that asks for a path, and returns what the JSON holds."""
    return lambda path, **query: json.loads(ask(path, **query))


def test_scalars(tell):
    assert set(tell("plugin/scalars/tags")["."]) == {"loss/value", "loss/rate", "by_hand"}
    assert [(step, value) for _, step, value in tell("plugin/scalars/scalars", tag="by_hand")] == [
        (i, i / 2) for i in range(5)
    ]
    losses = [value for _, _, value in tell("plugin/scalars/scalars", tag="loss/value")]
    assert losses == sorted(losses, reverse=True) and len(losses) == 5


def test_histograms_images_sounds_and_texts(ask, tell):
    (tag,) = tell("plugin/histograms/tags")["."]
    _, step, buckets = tell("plugin/histograms/histograms", tag=tag)[-1]
    assert step == 4 and round(sum(count for _, _, count in buckets)) == 200 * 8
    (image,) = tell("plugin/images/images", tag="weights/image/0", sample=0)[-1:]
    pixels = ask(f"plugin/images/individualImage?{image['query']}&ignored=")
    assert pixels[:4] == b"\x89PNG" and struct.unpack(">II", pixels[16:24]) == (8, 2)
    (sound,) = tell("plugin/audio/audio", tag="tone/audio/0", sample=0)[-1:]
    assert sound["contentType"] == "audio/wav"
    assert ask(f"plugin/audio/individualAudio?{sound['query']}&ignored=")[:4] == b"RIFF"
    assert "<strong>learnt</strong>" in tell("plugin/text/text", tag="note")[-1]["text"]


def test_a_graph_and_the_times_of_runs(ask, tell):
    graph = ask("plugin/graphs/graph", conceptual="false").decode()
    assert 'name: "hidden/MatMul"' in graph and "_output_shapes" in graph
    found = tell("plugin/graphs/info")["."]
    assert found["run_graph"] and list(found["tags"]) == [f"step {i}" for i in range(5)]
    times = ask("plugin/graphs/run_metadata", tag="step 3").decode()
    names = re.findall(r'node_name: "(.*)"', times)
    assert {"hidden/MatMul", "training/Adam/update_hidden/kernel/ApplyAdam"} <= set(names) and "words" not in names
    assert re.search(r"all_end_rel_micros: [1-9]", times) and "requested_bytes: 6400" in times


def test_curves_of_precision_and_recall(tell):
    last = tell("plugin/pr_curves/pr_curves", tag="curve/pr_curves")["."][-1]
    assert last["step"] == 4 and last["recall"][0] == 1.0
    counts = [last[f"{truth}_{kind}"] for truth in ("true", "false") for kind in ("positives", "negatives")]
    assert {sum(each) for each in zip(*counts)} == {200}


def test_charts_of_several_scalars(tell):
    (category,) = tell("plugin/custom_scalars/layout")["category"]
    assert category["chart"][0]["multiline"]["tag"] == ["loss/.*"]


def test_embeddings(ask, tell, folder):
    (embedding,) = tell("plugin/projector/info")["embeddings"]
    assert embedding["tensorName"] == "words" and embedding["tensorShape"] == [50, 4]
    vectors = np.frombuffer(ask("plugin/projector/tensor", name="words"), np.float32).reshape(50, 4)
    np.testing.assert_array_equal(vectors, np.loadtxt(folder / "words.tsv", np.float32))
    assert ask("plugin/projector/metadata", name="words").decode().splitlines()[7] == "word 7"


def test_every_plugin_that_has_data_is_on(tell):
    wanted = {"scalars", "custom_scalars", "images", "audio", "graphs", "histograms", "text", "pr_curves", "projector"}
    end = time.monotonic() + 60
    while not wanted <= {name for name, plugin in tell("plugins_listing").items() if plugin["enabled"]}:
        assert time.monotonic() < end  # the projector looks for its files in a thread
        time.sleep(0.1)


# What it shows in a browser

SEEN = {  # in which dashboard, what; after frames that it lies in
    "timeseries": "text=by_hand",
    "scalars": "text=loss/rate",
    "custom_scalars": "text=Matches (2)",
    "images": "text=weights/image/0",
    "audio": "text=tone/audio/0",
    "graphs": "g.node[data-name=global_step]",
    "distributions": "text=hidden_1",
    "histograms": "text=hidden_1",
    "text": "text=What is learnt",
    "pr_curves": "text=tag: curve/pr_curves",
    "projector": "iframe:visible | iframe | .numDataPoints:text-is('50')",
}
WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


@pytest.fixture(scope="module")
def screen():
    """Open an empty page in a browser that can draw in three dimensions, for all dashboards one after the other."""
    playwright, browser = launch(*WEBGL)
    yield Screen(browser.new_page(viewport={"width": 1280, "height": 850}))
    browser.close()
    playwright.stop()


@pytest.mark.parametrize("dashboard", SEEN)
def test_a_dashboard_in_a_browser(dashboard, screen, address, ask, tmp_path):
    refused = []
    screen.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    screen.page.goto(f"{address}#{dashboard}")
    *frames, selector = SEEN[dashboard].split(" | ")
    place = screen.page
    for frame in frames:
        place = place.frame_locator(frame)
    place.locator(selector).locator("visible=true").first.wait_for(timeout=60_000)
    picture = screen.page.screenshot(path=str(tmp_path / f"{dashboard}.png"))
    assert screen.complaints == refused == [] and len(picture) > 10_000
