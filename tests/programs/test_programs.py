"""Programs as courses have them, run by `minigraph run` as they are, print what they print on TensorFlow 1.15."""

import os
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import reading  # noqa: E402  (no package: record.py must run without minigraph)
import record  # noqa: E402

# {program: (relative tolerance, reason)} where `reading.RELATIVE` is too strict.
TOLERANCES: dict[str, tuple[float, str]] = {}


@pytest.fixture(scope="module")
def server():
    """Start the process that runs the programs; one thread each, so that many of them cost little."""
    if not hasattr(os, "fork"):
        pytest.skip("the programs run in forks of one process")
    root = pathlib.Path(__file__).resolve().parents[2]
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1", MPLBACKEND="Agg", PYTHONPATH=str(root))
    command = [sys.executable, "-W", "ignore", str(record.HERE / "server.py")]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment) as process:
        yield process
        process.stdin.close()


def run(server, program, folder):
    """Return what a program prints."""
    output = folder / "printed.txt"
    (folder / "here").mkdir()
    server.stdin.write(f"{program}\t{folder / 'here'}\t{output}\n")
    server.stdin.flush()
    status = int(server.stdout.readline())
    assert status == 0, pathlib.Path(f"{output}.err").read_text()[-3000:]
    return output.read_text(encoding="utf-8")


def recorded(name):
    return (record.HERE / "recorded" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", record.names())
def test_program(name, server, tmp_path):
    expected, got = recorded(name), run(server, record.HERE / f"{name}.py", tmp_path)
    tolerance, _ = TOLERANCES.get(name, (reading.RELATIVE, None))
    assert not reading.difference(expected, got, tolerance)


@pytest.mark.parametrize("name", record.names())
def test_a_program_can_fail(name):
    """It prints numbers that are computed: three with a decimal point, or eight whole ones."""
    found = reading.numbers(recorded(name))
    assert len([one for one in found if "." in one or "e" in one]) >= 3 or len(found) >= 8
    assert "import tensorflow" in (record.HERE / f"{name}.py").read_text(encoding="utf-8").replace("from", "import")


def test_every_program_is_recorded_and_every_recording_has_its_program():
    assert sorted(path.stem for path in (record.HERE / "recorded").glob("*.txt")) == record.names()
    assert set(TOLERANCES) <= set(record.names())


def test_what_fails_is_told(server, tmp_path):
    (tmp_path / "bad.py").write_text("import tensorflow as tf\ntf.nn.relu(undefined)\n")
    with pytest.raises(AssertionError, match="NameError: name 'undefined'"):
        run(server, tmp_path / "bad.py", tmp_path)


SAME = [
    ("loss: 0.12345678", "loss: 0.12345671"),
    ("[ 1.   2.5]\n", "[1.  2.5]"),
    ("[[1 2]\n [3 4]]", "[[1 2] [3 4]]"),
    ("0.125 12.5%", "0.126 12.5%"),  # rounded: one in the last digit
    ("nan inf -inf", "nan inf -inf"),
    ("1.00001e-10", "0.0"),
]
OTHER = [
    ("loss: 0.1234", "loss: 0.1244"),
    ("accuracy 0.9", "accuracy 0.8"),
    ("step 10", "step 11"),
    ("Adam_1:0", "Adam_2:0"),
    ("1 2", "1 2 3"),
    ("1.5", "nan"),
    ("1.0", "1"),
    ("a b", "b a"),
]


@pytest.mark.parametrize("expected, got", SAME)
def test_what_counts_as_the_same(expected, got):
    assert reading.difference(expected, got) is None


@pytest.mark.parametrize("expected, got", OTHER)
def test_what_counts_as_another_output(expected, got):
    assert reading.difference(expected, got)
