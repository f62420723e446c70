"""Run the examples in the package's docstrings.

Each docstring finds `tf`, a new default graph, and `sess`, a default session of that graph.
"""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import minigraph as tf

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


class Finder(doctest.DocTestFinder):
    """Also find the examples of decorated functions, such as those that take arguments from `arg_scope`."""

    def _from_module(self, module, object):
        return super()._from_module(module, inspect.unwrap(object) if callable(object) else object)


def _modules():
    found = pkgutil.walk_packages(tf.__path__, "minigraph.")
    return ["minigraph", *(m.name for m in found if not m.name.endswith("__main__"))]


def _imported(name):
    """Return a module; None if it is made for a package that is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name in ("matplotlib", "tensorflow"):
            return None
        raise


def _examples():
    for name in _modules():
        module = _imported(name)
        tests = module and [test for test in Finder(exclude_empty=True).find(module, name) if test.examples]
        if tests:
            yield pytest.param(tests, id=name)


@pytest.mark.parametrize("tests", list(_examples()))
def test_examples_print_what_they_say(tests):
    runner, report = doctest.DocTestRunner(optionflags=FLAGS, verbose=False), []
    for test in tests:
        with tf.Graph().as_default(), tf.Session() as sess:
            test.globs.update(tf=tf, sess=sess)
            runner.run(test, out=report.append)
    assert not runner.failures, "".join(report)
