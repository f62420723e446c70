"""numpy's matrix products while a command runs a script: one thread, unless the environment asks for more."""

import pytest

from minigraph.alias import threads
from minigraph.alias.script import run_script

PROGRAM = """import pathlib
from minigraph.alias.threads import _openblas
pathlib.Path("threads.txt").write_text(str(_openblas()[0]()))
"""


@pytest.fixture
def count(monkeypatch):
    """Return what tells how many threads there are, which are two when the test begins."""
    found = threads._openblas()
    if found is None:
        pytest.skip("this numpy has another BLAS than OpenBLAS, or hides it")
    get, put = found
    before = get()
    for name in threads._ASKED_BY:
        monkeypatch.delenv(name, raising=False)
    put(2)
    if get() != 2:
        pytest.skip("this OpenBLAS has no threads")
    yield get
    put(before)


def test_a_script_has_one(count, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "program.py").write_text(PROGRAM)
    assert run_script("program.py", [], None, str) == 0
    assert (tmp_path / "threads.txt").read_text() == "1"
    assert count() == 2


def test_the_environment_decides(count, monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    with threads.one_blas_thread():
        assert count() == 2


def test_an_error_gives_them_back(count):
    with pytest.raises(ValueError), threads.one_blas_thread():
        raise ValueError
    assert count() == 2


def test_another_blas_is_left_alone(monkeypatch):
    monkeypatch.setattr(threads, "_openblas", lambda: None)
    with threads.one_blas_thread():
        pass
