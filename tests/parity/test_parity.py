"""Every parity program builds the nodes and computes the numbers of TensorFlow 1.15."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import compare  # noqa: E402  (no package: record.py must run without minigraph)
import exceptions  # noqa: E402
import harness  # noqa: E402
import recordings  # noqa: E402


@pytest.mark.filterwarnings("ignore:optimize_loss.*increments:minigraph.graph.errors.GraphWarning")  # of one program
@pytest.mark.parametrize("aspect", compare.ASPECTS)
@pytest.mark.parametrize("name", compare.names())
def test_program(name, aspect):
    """One aspect of one program. A listed exception must still be one: a stale line in the table fails."""
    reasons = exceptions.EXCEPTIONS.get(name, {})
    if "runs" in reasons:
        with pytest.raises(Exception):
            harness.verdicts(name)
        pytest.xfail(reasons["runs"])
    verdict = harness.verdicts(name)[aspect]
    if aspect in reasons:
        assert verdict.difference, "the exception listed for %r of %r is no longer needed" % (aspect, name)
        pytest.xfail(reasons[aspect])
    assert not verdict.difference, "%d of %d equal; %s" % verdict


def test_the_number_that_came_back():
    """TensorFlow's own test of gradient noise, graph seed 42, expects 9.86912."""
    recorded = compare.load("noise_acid_test")["results"]["var"]["value"]
    assert recorded == [pytest.approx(9.86912, abs=5e-6)]
    assert harness.verdicts("noise_acid_test")["values"].difference is None


def test_every_program_is_recorded():
    recorded = recordings.names(compare.HERE / "recorded")
    assert recorded == compare.names()
    assert len(recorded) >= 25


def test_no_recording_has_the_other_control_flow():
    """A Switch in a recording means that the program belongs in CONTROL_FLOW_V2, or is an exception."""
    kinds = {
        name: {node["type"] for graph in compare.load(name)["graphs"] for node in graph["nodes"]}
        for name in compare.names()
    }
    switched = [name for name in kinds if kinds[name] & {"Switch", "RefSwitch", "Merge", "Enter"}]
    assert [name for name in switched if "forward" not in exceptions.EXCEPTIONS.get(name, {})] == []


def test_exceptions_name_programs_and_aspects():
    known = set(compare.names())
    assert set(exceptions.EXCEPTIONS) | set(exceptions.TOLERANCES) | exceptions.CONTROL_FLOW_V2 <= known
    assert {aspect for reasons in exceptions.EXCEPTIONS.values() for aspect in reasons} <= {"runs", *compare.ASPECTS}


def test_a_difference_reads_well():
    """The comparison finds a changed input and tells both sides."""
    node = {
        "type": "MatMul",
        "name": "dense/MatMul",
        "inputs": ["x:0", "w:0"],
        "control_inputs": [],
        "dtypes": ["float32"],
        "at": 17,
    }
    verdict = compare.nodes([node], [dict(node, inputs=["x:0", "v:0"])])
    assert verdict == (
        0,
        1,
        "node 17: expected MatMul 'dense/MatMul' inputs ['x:0', 'w:0'] float32, "
        "got MatMul 'dense/MatMul' inputs ['x:0', 'v:0'] float32",
    )
    assert compare.nodes([node], [node]) == (1, 1, None)
    assert "no further node" in compare.nodes([node], []).difference
