"""Run each lesson in IPython and print what its cells show; a program for Pyodide (see `run.mjs`)."""

import json
import pathlib
import time

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import minigraph as tf


def executed(shell, source):
    """Run a cell and return its outputs, as nbformat has them."""
    data = []

    def show(value):
        if value is not None:
            data.append({"output_type": "execute_result", "data": shell.display_formatter.format(value)[0]})

    shell.display_trap.hook = show
    with capture_output(display=False) as shown:
        result = shell.run_cell(source, store_history=True)
    streams = [{"output_type": "stream", "text": text} for text in (shown.stdout, shown.stderr) if text]
    error = result.error_in_exec or result.error_before_exec
    if error is not None:
        data.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error)})
    return streams + data


for lesson in sorted(pathlib.Path("/root").glob("[0-9]*.json")):
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="NoColor")
    shell.showtraceback = lambda *args, **kwargs: None  # the error itself is in the result
    tf.reset_default_graph()
    start = time.perf_counter()
    sources = json.loads(lesson.read_text())
    outputs = [executed(shell, source) for source in sources]
    print(json.dumps({"lesson": lesson.stem, "seconds": time.perf_counter() - start, "outputs": outputs}))
