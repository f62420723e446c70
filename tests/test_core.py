"""The core: what one training step of `optimize_loss` enters, and how much there is of it to read.

The lists of files in docs/reading.md are written from here: `python -m tests.test_core` brings them up to date.
"""

import doctest
import functools
import pathlib
import re
import subprocess
import sys

import networkx as nx

from tests.test_floors import DOCS, NAMES, PACKAGE, imports

LINES = 10_000  # of all files of the core, docstrings included: never more
PAGE = DOCS / "reading.md"

# Run once before it is traced, so that what is only done at first use (imports, caches) does not count.
PROGRAM = """
import sys
import numpy as np
import minigraph as tf

def main():
    with tf.Graph().as_default(), tf.Session() as sess:
        x, y = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, [None, 1])
        loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1) - y))
        train_op = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD")
        sess.run(tf.global_variables_initializer())
        sess.run(train_op, {x: np.ones((3, 4)), y: np.ones((3, 1))})

entered = set()

def trace(frame, event, argument):
    entered.add(frame.f_code.co_filename)
    return None

main()
sys.settrace(trace)
main()
sys.settrace(None)
print(*sorted(entered), sep="\\n")
"""

CHAPTERS = [  # a chapter has the first files that fit: names of modules, or of rooms
    ["graph.text", "graph.dtypes", "graph.dimension", "graph.shapes", "graph.shape_rules", "graph.opdef"],
    ["graph"],
    ["ops"],
    ["autodiff"],
    ["variables"],
    ["layers", "nn", "losses", "summary", "train", "contrib"],
    ["runtime"],
]


@functools.cache
def core() -> dict:
    """Return the modules of the core, and the number of lines of each."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    paths = [pathlib.Path(line) for line in done.stdout.split("\n") if line.startswith(str(PACKAGE))]
    entered = {NAME_OF[path] for path in paths if path in NAME_OF}
    return {name: len(NAMES[name].read_text().splitlines()) for name in entered if name}


NAME_OF = {path: name for name, path in NAMES.items()}


def in_reading_order(names: list) -> list:
    """Return modules so that each comes after those that it imports."""
    arrows = nx.DiGraph((there, here) for here in names for there, _ in imports(NAMES[here]) if there in names)
    arrows.add_nodes_from(names)
    arrows.remove_edges_from([(name, name) for name in names])
    return list(nx.lexicographical_topological_sort(arrows))


def chapters() -> list:
    """Return the files of each chapter in reading order."""
    left, found = sorted(core()), []
    for rooms in CHAPTERS:
        here = [name for name in left if any(f"{name}.".startswith(f"{room}.") for room in rooms)]
        left = [name for name in left if name not in here]
        found.append(in_reading_order(here))
    assert not left, f"no chapter for {left}"
    return found


def with_files(text: str) -> str:
    """Return the page with the files of today."""
    lists = iter(chapters())

    def files(match: re.Match) -> str:
        paths = [str(NAMES[name].relative_to(PACKAGE)) for name in next(lists)]
        lines = sum(len((PACKAGE / path).read_text().splitlines()) for path in paths)
        rough = max(1, round(lines / 100)) * 100
        return f"*{len(paths)} file{'s' * (len(paths) > 1)}, some {rough:,} lines:* {' · '.join(f'`{path}`' for path in paths)}\n"

    new = re.sub(r"^\*\d+ files?, some .*\n", files, text, flags=re.M)
    assert next(lists, None) is None, "a chapter has no list of files"
    return new


def test_the_core_can_be_read_in_a_weekend():
    found = core()
    assert {"graph.opdef", "autodiff.backward", "contrib.layers.optimizers", "runtime.plan"} <= set(found)
    total = sum(found.values())
    largest = sorted(found, key=lambda name: -found[name])[:12]
    assert total <= LINES, f"the core has {total:,} lines; the largest files are {', '.join(largest)}"


def test_the_core_knows_neither_the_recorder_nor_the_lenses():
    assert not [n for n in core() if n.split(".")[0] in ("explain", "viz", "reading") or "recorder" in n]


def test_the_reading_list_is_the_core():
    assert PAGE.read_text() == with_files(PAGE.read_text()), "run python -m tests.test_core"


def test_a_file_asks_only_files_before_it_on_the_list():
    order = {name: i for i, name in enumerate(name for names in chapters() for name in names)}
    for name in order:
        for there, line in imports(NAMES[name]):
            assert order.get(there, -1) <= order[name], f"{name}:{line} asks {there}, which comes later"


def test_the_examples_of_the_page_run(monkeypatch):
    import minigraph as tf

    with tf.Graph().as_default():
        assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


if __name__ == "__main__":
    PAGE.write_text(with_files(PAGE.read_text()))
