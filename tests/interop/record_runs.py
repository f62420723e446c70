"""Run the parity programs on MiniGraph, and write for each graph its GraphDef and all runs of its sessions.

    python -m tests.interop.record_runs FOLDER [NAME ...]

FOLDER/NAME.0.pb is a graph, FOLDER/NAME.0.runs.json what its sessions ran: fetches, feeds, results. `replay.py` has any
TensorFlow run them again. Files that a program wrote stay, since a run may read them.
"""

import base64
import json
import os
import pathlib
import shutil
import sys
import tempfile
import warnings

import numpy as np

import minigraph as tf
from minigraph.runtime import session as session_module
from tests.interop import programs


def as_data(value):
    """Return a value as JSON: strings and numbers in base64."""
    if value is None:
        return None
    array = np.asarray(value)
    if array.dtype.kind in "OSU":
        texts = [v if isinstance(v, bytes) else str(v).encode() for v in array.ravel().tolist()]
        content = [base64.b64encode(text).decode() for text in texts]
        return {"dtype": "string", "shape": list(array.shape), "content": content}
    content = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return {"dtype": array.dtype.name, "shape": list(array.shape), "content": content}


def name_of(element):
    return element.name


class Recorder:
    """What sessions ran: for each graph a list of [session, fetches, feeds, results or None after an error, folder]."""

    def __init__(self):
        self.runs = {}
        self.sessions = {}
        self._whole = session_module.Session._run_whole

    def __enter__(self):
        recorder, whole = self, self._whole

        def run_whole(session, fetches, feed_dict, run):
            handler = session._handler(fetches)
            feeds = session_module.expand_feeds(session.graph, feed_dict) if feed_dict else {}
            entry = [
                recorder.sessions.setdefault(session, len(recorder.sessions)),
                [name_of(each) for each in handler.unique],
                {name_of(key): as_data(value) for key, value in feeds.items()},
                None,
                os.getcwd(),
            ]
            recorder.runs.setdefault(session.graph, []).append(entry)

            def noting(program, values):
                found = (run or session_module.execute)(program, values)
                entry[3] = [as_data(value) for value in found]
                return found

            return whole(session, fetches, feed_dict, noting)

        session_module.Session._run_whole = run_whole
        return self

    def __exit__(self, *_):
        session_module.Session._run_whole = self._whole


def main(folder, chosen):
    warnings.simplefilter("ignore")
    sys.path[:0] = [str(programs.PARITY), str(programs.PARITY.parent)]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryDirectory.cleanup = lambda *_: None
    tempfile.TemporaryDirectory.__exit__ = lambda *_: None
    shutil.rmtree = lambda *_, **__: None
    for name in chosen or programs.names():
        with Recorder() as recorder:
            try:
                graphs = programs.graphs_of(tf, name)
            except Exception as error:
                print(f"{name:36} FAILED {type(error).__name__}: {error}"[:200])
                continue
        for i, graph in enumerate(graphs):
            try:
                message = graph.as_graph_def()
            except Exception as error:
                print(f"{name}.{i:<3} not exported: {type(error).__name__}: {error}"[:200])
                continue
            (folder / f"{name}.{i}.pb").write_bytes(message.SerializeToString(deterministic=True))
            (folder / f"{name}.{i}.runs.json").write_text(json.dumps(recorder.runs.get(graph, [])))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
