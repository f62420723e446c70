"""The page in a browser: what it says of a graph unasked, how far steps move variables, notes that are handed in."""

import pathlib
import re

import numpy as np
import pytest
from browser import TRACED

import minigraph as tf


@pytest.fixture
def moved():
    """Return a run that changes one element of a large variable by much and the others hardly: (graph, run)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        w = tf.Variable(np.full([40, 50], 2.0, np.float32), name="w")
        delta = np.full([40, 50], 0.001, np.float32)
        delta[3, 7] = -0.5
        add = tf.assign_add(w, tf.placeholder_with_default(delta, [40, 50], name="delta"), name="add")
        again = tf.assign_add(w, tf.zeros([40, 50]), name="again")
        sess.run(tf.global_variables_initializer())
        run = tf.RunMetadata()
        sess.run([add, again], options=TRACED, run_metadata=run)
    return graph, run


# Steps


def test_a_step_says_how_far_it_moved_a_variable(show, moved):
    graph, run = moved
    screen = show(graph, runs=run)
    screen.mode("step")
    for _ in run.trace.steps:
        if screen.page.inner_text(".step-name .link") == "add":
            break
        screen.page.keyboard.press("ArrowRight")
    said = re.sub(r"\s+", " ", screen.page.inner_text(".written .difference"))
    norm = float(np.sqrt(0.25 + 1999 * 0.001**2))
    assert f"largest change −0.5 at [3, 7] there 2 → 1.5 norm of the change {norm:.4g}" in said
    assert "changed 2,000 of 2,000 elements" in said
    assert [each.strip() for each in screen.page.locator(".written h4").all_inner_texts()] == ["before", "after"]
    row = screen.page.locator(".variables tr", has_text="w").inner_text()
    assert "Δ −0.5 at [3, 7]" in row
    notes = screen.page.locator(".flow.write .words").all_text_contents()
    assert "40 × 50 Δ −0.5 at [3, 7]" in notes
    screen.page.keyboard.press("End")
    assert "Nothing changed" in screen.page.inner_text(".written")


# Findings


@pytest.fixture
def faulty():
    """Return a graph with a race, a gradient that is None, and a variable that nothing uses; its train op last."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.get_variable("w", [2, 1])
        cut = tf.get_variable("cut", [1])
        tf.get_variable("idle", [1], trainable=False)
        loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - tf.stop_gradient(cut)), name="loss")
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, name="train")
        average = tf.Variable(0.0, trainable=False, name="average")
        both = tf.group(average.assign_add(1.0, name="add"), average.assign(average.read_value() * 2.0, name="double"))
        tf.global_variables_initializer()
    return graph, loss, train, both


def lines(text):
    return re.sub(r"\s+", " ", text)


def test_what_is_found_is_listed_and_marked(show, faulty):
    graph, loss, train, both = faulty
    screen = show(graph)
    said = [*tf.explain.races(both), *tf.explain.lint(graph)]
    said += [f for f in tf.explain.why_none(loss, graph.get_collection("trainable_variables")) if f.code != "flows"]
    assert {finding.code for finding in said} >= {"race", "cut", "unread-variable"}
    heading = screen.page.locator(".findings h3").inner_text()
    assert heading.lower() == f"findings ({len(said)})"
    entries = screen.page.locator(".finding button[aria-pressed]")
    assert entries.count() == len(said)
    for i, finding in enumerate(said):
        entries.nth(i).click()
        screen.settle()
        assert lines(finding.message) in lines(entries.nth(i).inner_text())
        details = screen.page.locator(".finding .details")
        assert lines(finding.advice) in lines(details.inner_text())
        assert details.locator(".link").all_inner_texts() == [op.name for op in finding.ops]
        marked = screen.page.locator(".box[data-state=found]").evaluate_all("all => all.map(e => e.dataset.id)")
        homes = {
            screen.page.evaluate("n => minigraphPage.thingOf(minigraphPage.graph.numbers.get(n)).id", op.name)
            for op in finding.ops
        }
        assert set(marked) == homes
        in_sight = screen.page.locator(
            ".box[data-state=found]"
        ).evaluate_all("""all => all.every(e => {
            const a = e.getBoundingClientRect(), b = document.querySelector('.canvas').getBoundingClientRect();
            return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1; })""")
        assert in_sight
        assert entries.nth(i).evaluate("e => e === document.activeElement")
    entries.nth(len(said) - 1).click()
    assert screen.page.locator("[data-state=found]").count() == 0
    screen.find("double")
    assert "both write" in screen.section("Findings")


def test_nothing_found_is_one_line(show):
    with tf.Graph().as_default() as graph:
        tf.square(tf.placeholder(tf.float32, [], name="x"), name="y")
    screen = show(graph)
    assert screen.page.locator(".finding").count() == 0
    assert screen.page.inner_text("#no-findings").startswith("No findings")


def test_a_finding_in_a_branch_goes_into_it(show):
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")

        def branch():
            with tf.control_dependencies([v.assign_add(1.0, name="add"), v.assign(v * 2.0, name="double")]):
                return tf.constant(1.0)

        tf.identity(tf.cond(tf.placeholder(tf.bool, [], name="p"), branch, lambda: tf.constant(0.0)), name="result")
    screen = show(graph)
    screen.page.locator(".finding button", has_text="double").first.click()
    assert screen.page.inner_text(".way-out").startswith("This is the body of a function")
    assert screen.state("double") == "found"


# Notes


HOSTILE = '</script><img src=x onerror="alert(\'note\')"> & \u2028 "quoted"\nsecond line 💥'


def handed_in(screen, tmp_path):
    with screen.page.expect_download() as download:
        screen.page.click("#hand-in")
    path = str(tmp_path / download.value.suggested_filename)
    download.value.save_as(path)
    return path


def test_a_page_with_notes_is_handed_in_and_read(show, faulty, tmp_path):
    graph, loss, *_ = faulty
    screen = show(graph)
    screen.find("loss")
    screen.page.fill("#note", HOSTILE)
    assert "✎" in screen.box("loss").locator(".badge").text_content()
    screen.find(loss.op.inputs[1].op.name)
    screen.page.fill("#note", "a constant")
    screen.page.click("#all-notes")
    assert screen.page.locator("#hand-in").evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
    assert screen.page.inner_text(".notes h3").lower() == "notes (2)"
    screen.page.fill("#author", "Ada <b>L.</b>")
    screen.page.fill("#note-whole", "it does not learn")
    path = handed_in(screen, tmp_path)
    assert path.endswith("graph-Ada-b-L-b.html")

    reader = show(path)
    assert (
        reader.page.inner_text("#handed-in")
        == "Handed in by Ada <b>L.</b>, with 2 notes, and one on the graph as a whole."
    )
    notes = reader.page.locator(".note p").all_inner_texts()
    assert notes[0].replace("\u2028", " ") == HOSTILE.replace("\u2028", " ") and notes[1] == "a constant"
    assert reader.page.input_value("#note-whole") == "it does not learn"
    assert reader.page.input_value("#author") == "Ada <b>L.</b>"
    assert reader.page.locator("img").count() == 0
    assert reader.box("loss").locator(".badge").text_content() == "✎ 2"
    reader.page.click(".note .link >> nth=0")
    assert reader.page.input_value("#note") == HOSTILE
    reader.page.fill("#note", "read")
    again = show(handed_in_again(reader, tmp_path))
    assert again.page.locator(".note p").all_inner_texts() == ["read", "a constant"]


def handed_in_again(screen, tmp_path):
    screen.page.locator("body").press("Escape")
    screen.page.locator("body").press("Escape")
    (tmp_path / "again").mkdir()
    return handed_in(screen, tmp_path / "again")


def test_a_page_that_is_handed_in_shows_the_same_view(show, moved, tmp_path):
    graph, run = moved
    screen = show(graph, runs=run)
    screen.mode("step")
    screen.page.keyboard.press("ArrowRight")
    screen.mode("explore")
    screen.page.evaluate("document.querySelector('[aria-label=\"zoom in\"]').click()")
    screen.settle()
    screen.page.click("#theme")
    view = "JSON.stringify(minigraphPage.picture.sheet.style.transform)"
    titles, places = screen.titles(), screen.page.evaluate(view)
    reader = show(handed_in(screen, tmp_path))
    assert reader.titles() == titles and reader.page.evaluate(view) == places
    assert reader.page.evaluate("document.documentElement.dataset.theme") == "dark"
    reader.mode("step")
    assert reader.page.inner_text(".figure strong") == "2"


# Races and comparisons


@pytest.fixture
def orders():
    """Return a graph with a race, and three runs of it: two take sums in two orders, which gives the same; the third
    gives something else."""
    with tf.Graph().as_default() as graph:
        v, idle = tf.Variable(1.0, name="v"), tf.Variable(1.0, name="idle")
        before = [tf.identity(idle * float(i), name=f"idle{i}") for i in range(60)]
        with tf.control_dependencies(before):
            writes = [v.assign_add(1.0, name="one"), v.assign_add(2.0, name="two"), v.assign(v * 2.0, name="double")]
        both = tf.group(*writes, name="both")
        init = tf.global_variables_initializer()
    runs = {}
    for seed in range(40):
        with tf.Session(graph=graph, config=tf.ConfigProto(order="shuffle", order_seed=seed)) as sess:
            sess.run(init)
            run = tf.RunMetadata()
            sess.run(both, options=TRACED, run_metadata=run)
            order = [name for name in run.trace.order if name in ("one", "two")]
            runs.setdefault(float(sess.run("v:0")), {})[tuple(order)] = run
    same = next(each for each in runs.values() if len(each) == 2)
    other = next(each for each in runs.values() if each is not same)
    return graph, [*same.values(), *other.values()][:3]


def test_race_opens_on_the_pair_that_differs(show, orders):
    graph, runs = orders
    screen = show(graph, runs=runs, height=500)
    screen.mode("race")
    # The first two runs differ in order too, but not in what they give.
    chosen = screen.page.locator(".panel select").evaluate_all("all => all.map(s => s.value)")
    assert chosen == ["0", "2"]
    assert "swapped order" in screen.page.inner_text(".verdict.alarm")
    assert screen.page.locator(".outcomes tr.changed").count() == 1
    where = screen.page.locator(".race .cell.marked >> nth=0").bounding_box()
    stage = screen.page.locator(".theatre").bounding_box()
    assert stage["y"] <= where["y"] and where["y"] + where["height"] <= stage["y"] + stage["height"]
    assert screen.page.evaluate("document.querySelector('.theatre').scrollTop") > 0
    screen.page.evaluate("document.querySelector('.theatre').scrollTop = 0")
    screen.page.locator(".race .cell >> nth=0").click()
    assert screen.page.evaluate("document.querySelector('.theatre').scrollTop") == 0  # where the reader has it


def test_race_names_what_races_before_there_are_two_runs(show, orders):
    screen = show(orders[0])
    screen.mode("race")
    assert screen.heading() == "A race needs two runs"
    pairs = tf.explain.races(orders[0].get_operation_by_name("both")).pairs
    assert screen.page.locator(".pair").count() == len(pairs) > 0
    assert screen.page.locator(".pair .link").all_inner_texts() == [
        op.name for p in pairs for op in (p.first, p.second)
    ]


def test_compare_marks_the_box_of_a_constant_that_differs(show):
    def build(factor, lonely=1.0):
        with tf.Graph().as_default() as graph:
            tf.multiply(tf.placeholder(tf.float32, [], name="x"), tf.constant(factor, name="factor"), name="y")
            with tf.name_scope("apart"):
                tf.constant(lonely, name="lonely")
        return graph

    screen = show(build(2.0), since=build(3.0))
    screen.mode("compare")
    assert screen.links("Changed") == ["factor"]
    assert screen.state("y") == "changed" and screen.state("x") == "same"
    assert screen.page.locator("#why-nothing").count() == 0


# Reading without a mouse, or without eyes


def states(screen):
    """Bring the page into its states, and yield the name of each."""
    yield "the first look"
    screen.page.click(".finding button >> nth=0")
    screen.settle()
    yield "a finding"
    screen.find("loss")
    screen.page.fill("#note", "a note")
    yield "a node with a note"
    screen.page.fill("#search", "a")
    yield "searching"
    for mode in ("fetch", "step", "race", "compare"):
        screen.page.keyboard.press("Escape")
        screen.mode(mode)
        if mode == "step":
            screen.page.keyboard.press("End")
        yield mode
    screen.page.keyboard.press("?")
    yield "help"


@pytest.fixture
def recorded(faulty):
    graph, _, train, both = faulty
    runs = [tf.RunMetadata() for _ in range(3)]
    with tf.Session(graph=graph) as sess:
        sess.run("init")
        for run, fetch in zip(runs, (train, both, both)):
            sess.run(fetch, {"x:0": np.ones([3, 2])} if fetch is train else None, TRACED, run)
    return graph, runs


def axe():
    """Return the script of axe-core, which the package axe-playwright-python brings, or skip the test."""
    package = pytest.importorskip("axe_playwright_python", reason="pip install 'minigraph[browser]'")
    (script,) = pathlib.Path(package.__file__).parent.rglob("axe.min.js")
    return script.read_text("utf-8")


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing(show, recorded, scheme, width):
    script = axe()
    screen = show(recorded[0], runs=recorded[1], scheme=scheme, width=width)
    screen.page.evaluate(script)
    for state in states(screen):
        found = screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        told = [f"{f['impact']}: {f['id']}: {f['nodes'][0]['html'][:120]}" for f in found]
        assert told == [], state


def test_roles_and_names(show, recorded):
    """What matters most of what axe looks at, where axe is not installed."""
    screen = show(recorded[0], runs=recorded[1])
    for state in states(screen):
        faults = screen.page.evaluate(FAULTS)
        assert faults == [], state


FAULTS = """() => {
  const faults = [], words = text => text.toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, ' ').trim();
  const seen = e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden';
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`two #${id}`);
  for (const e of document.querySelectorAll('[aria-controls], [aria-labelledby], label[for]')) {
    for (const id of (e.getAttribute('aria-controls') || e.getAttribute('aria-labelledby') || e.htmlFor).split(' ')) {
      if (!ids.includes(id)) faults.push(`nothing is called ${id}`);
    }
  }
  for (const e of document.querySelectorAll('button, input, select, textarea, [role=button], [role=option]')) {
    const label = e.getAttribute('aria-label') || '';
    const name = label || [...(e.labels || [])].map(l => l.textContent).join(' ') || e.textContent;
    if (!name.trim()) faults.push(`no name: ${e.outerHTML.slice(0, 80)}`);
    const written = [...e.childNodes].filter(c => c.localName !== 'title').map(c => c.textContent).join('');
    if (label && e.localName !== 'select' && e.localName !== 'textarea' && !words(label).includes(words(written))) {
      faults.push(`${label} is not what is written: ${written}`);
    }
  }
  for (const role of ['main', 'header.top', 'aside', 'h1']) {
    if (document.querySelectorAll(role).length !== 1) faults.push(`not one ${role}`);
  }
  for (const e of document.querySelectorAll('body *')) {
    const scrolls = /auto|scroll/.test(getComputedStyle(e).overflow) && seen(e) &&
      (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
    if (scrolls && e.tabIndex < 0 && !e.querySelector('button, a, input, select, textarea, [tabindex="0"]') &&
        e.localName !== 'textarea' && e.id !== 'found') faults.push(`no key scrolls ${e.outerHTML.slice(0, 80)}`);
  }
  return faults;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_the_picture_can_be_read(show, recorded, scheme):
    """4.5 : 1 at least, pale boxes too: axe does not look into pictures."""
    screen = show(recorded[0], runs=recorded[1], scheme=scheme)
    for state in states(screen):
        assert screen.page.evaluate(POOR) == [], state


POOR = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (colour, under) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const each of [under, colour]) { canvas.fillStyle = each; canvas.fillRect(0, 0, 1, 1); }
    return `rgb(${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join(' ')})`;
  };
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = colour => colour.match(/\\d+/g).map(v => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = getComputedStyle(document.querySelector('.canvas')).backgroundColor;
  const opacity = e => e.localName === 'svg' ? 1 : Number(getComputedStyle(e).opacity) * opacity(e.parentNode);
  return [...document.querySelectorAll('.thing text, .words, .race text')].filter(
    e => e.textContent.trim() && e.checkVisibility({visibilityProperty: true}) && !e.closest('.has-selected .flow')
  ).map(e => {
    const shape = (e.closest('.thing') || e.closest('.cell') || e).querySelector(':scope > .body, :scope > rect');
    const style = !shape || e.matches('.badge') ? null : getComputedStyle(shape);
    const ground = !style || style.fill === 'none' ? paper
      : over(style.fill.replace(')', ` / ${style.opacity})`).replace('rgba', 'rgb').replace(/,/g, ' '), paper);
    const ink = over(getComputedStyle(e).fill.replace(')', ` / ${opacity(e)})`).replace(/,/g, ' '), ground);
    const [a, b] = [light(ink), light(ground)];
    return [e.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  }).filter(([, ratio]) => !(ratio >= 4.5));
}"""


def test_all_that_can_be_clicked_is_reached_by_tab(show, recorded):
    screen = show(recorded[0], runs=recorded[1])
    for mode in ("explore", "fetch", "step", "race", "compare"):
        screen.mode(mode)
        wanted = screen.page.evaluate("""[...document.querySelectorAll(
            'button, input, select, textarea, summary, .box, .frame > .toggle, .race .cell')].filter(
            e => e.checkVisibility({visibilityProperty: true}) && !e.closest('dialog')).map((e, i) => e.dataset.tab = String(i))""")
        screen.page.evaluate("document.activeElement.blur()")
        reached = set()
        for _ in range(len(wanted) + 20):
            screen.page.keyboard.press("Tab")
            reached.add(screen.page.evaluate("document.activeElement.dataset.tab || ''"))
        assert set(wanted) <= reached, mode


def test_a_finding_and_a_note_by_keyboard_alone(show, faulty):
    screen = show(faulty[0])
    keys = screen.page.keyboard
    screen.page.locator(".finding button >> nth=1").focus()
    keys.press("Enter")
    assert screen.page.locator(".finding [aria-pressed=true]:focus").count() == 1
    assert screen.page.locator(".box[data-state=found]").count() > 0
    keys.press("Enter")
    assert screen.page.locator(".box[data-state=found]").count() == 0
    screen.find("loss")
    screen.page.locator("#note").focus()
    keys.type("1 step / more?")
    keys.press("Escape")
    keys.press("Escape")
    assert screen.page.locator(".note p").all_inner_texts() == ["1 step / more?"]
    assert screen.page.get_attribute("body", "data-mode") == "explore"


# Live reads


def live():
    """Return a run in which two operations read a variable between its writes: (graph, run)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        v = tf.Variable(1.0, name="v")
        bump = tf.assign_add(v, 1.0, name="bump")
        ten = tf.add(v, 10.0, name="ten")
        with tf.control_dependencies([ten]):
            again = tf.assign_add(v, 5.0, name="again")
        with tf.control_dependencies([again]):
            last = tf.multiply(v, 2.0, name="last")
        sess.run(v.initializer)
        run = tf.RunMetadata()
        assert sess.run([bump, ten, last], options=TRACED, run_metadata=run) == [7.0, 12.0, 14.0]
    return graph, run


def test_a_step_shows_what_it_found_in_a_variable(show):
    graph, run = live()
    screen = show(graph, runs=run)
    screen.mode("step")
    seen = {}
    for _ in run.trace.steps:
        name = screen.page.inner_text(".step-name .link")
        rows = screen.page.locator(".flows:not(.variables) tr").all_inner_texts()
        seen[name] = [row.split()[-1] for row in rows if "v/read" in row]
        screen.page.keyboard.press("ArrowRight")
    assert seen["ten"] == ["2"] and seen["last"] == ["7"]


def test_a_picture_of_a_run_shows_what_each_reader_found():
    graph, run = live()
    view = tf.viz.View(graph, overlay=run.trace)
    labels = {(arrow.tail.title, arrow.head.title): arrow.label for arrow in view.arrows if arrow.kind == "data"}
    assert labels["v", "ten"] == "2" and labels["v", "last"] == "7"
