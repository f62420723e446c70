"""Files that leave: message for message those that TensorFlow 1.15 writes for the same program."""

import tarfile
import warnings

import numpy as np
import pytest

import minigraph as tf

pytest.importorskip("tensorboard")

from google.protobuf import text_format  # noqa: E402

from minigraph.graph import protos  # noqa: E402
from tests.interop import leaving  # noqa: E402

GRAPHS = ["frozen.pb", "pruned.pbtxt", "parts/part.pbtxt"]
METAS = ["checkpoints/model-5.meta", "bare.meta", "scope.meta"]
MODELS = ["simple/saved_model.pb", "built/saved_model.pb"]


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return a folder with what TensorFlow has written, and one with what is written here."""
    theirs, ours = tmp_path_factory.mktemp("theirs"), tmp_path_factory.mktemp("ours")
    with tarfile.open(leaving.RECORDED) as archive:
        for entry in archive:
            (theirs / entry.name).parent.mkdir(parents=True, exist_ok=True)
            (theirs / entry.name).write_bytes(archive.extractfile(entry).read())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        leaving.write_into(ours, tf)
    return theirs, ours


def read(kind, path):
    content = path.read_bytes()
    return text_format.Parse(content.decode(), kind()) if path.suffix == ".pbtxt" else kind.FromString(content)


def without_value(node):
    """Return a node without the value of a constant, which is a trained one, and that value."""
    value = None
    if node.op == "Const":
        value = tf.make_ndarray(node.attr["value"].tensor)
        node.attr["value"].tensor.Clear()
    return node, value


def assert_equal_graphs(wanted, found):
    assert [node.name for node in found.node] == [node.name for node in wanted.node]
    for a, b in zip(wanted.node, found.node):
        (a, wanted_value), (b, found_value) = without_value(a), without_value(b)
        assert a == b
        if wanted_value is not None and wanted_value.dtype.kind == "f":
            np.testing.assert_allclose(found_value, wanted_value, rtol=1e-4, atol=1e-6)
        elif wanted_value is not None and not str(wanted_value).startswith("b'_temp_"):  # a name made up each time
            np.testing.assert_array_equal(found_value, wanted_value)
    assert (found.versions, found.library) == (wanted.versions, wanted.library)


def assert_equal_metas(wanted, found):
    found.meta_info_def.tensorflow_git_version = wanted.meta_info_def.tensorflow_git_version
    for field in ("meta_info_def", "saver_def", "signature_def", "asset_file_def"):
        assert getattr(found, field) == getattr(wanted, field), field
    assert sorted(found.collection_def) == sorted(wanted.collection_def)
    for key, content in wanted.collection_def.items():
        assert found.collection_def[key] == content, key
    assert_equal_graphs(wanted.graph_def, found.graph_def)


def test_there_are_the_same_files(folders):
    theirs, ours = folders
    assert names(ours) == names(theirs)


@pytest.mark.parametrize("name", GRAPHS)
def test_parts_of_graphs_are_equal(folders, name):
    assert_equal_graphs(*(read(protos.GraphDef, folder / name) for folder in folders))


@pytest.mark.parametrize("name", METAS)
def test_meta_graphs_are_equal(folders, name):
    assert_equal_metas(*(read(protos.MetaGraphDef, folder / name) for folder in folders))


@pytest.mark.parametrize("name", MODELS)
def test_saved_models_are_equal(folders, name):
    wanted, found = (read(protos.SavedModel, folder / name) for folder in folders)
    assert found.saved_model_schema_version == wanted.saved_model_schema_version
    assert len(found.meta_graphs) == len(wanted.meta_graphs)
    for a, b in zip(wanted.meta_graphs, found.meta_graphs):
        assert_equal_metas(a, b)


def test_checkpoints_of_tensorflow_go_on_here(folders):
    for folder in folders:
        with tf.Graph().as_default(), tf.Session() as session:
            saver = tf.train.import_meta_graph(str(folder / "checkpoints" / "model-5.meta"))
            saver.restore(session, str(folder / "checkpoints" / "model-5"))
            for _ in range(5):
                session.run(tf.get_collection("train_op")[0], {"x:0": leaving.X, "y:0": leaving.Y})
            found = session.run("prob:0", {"x:0": leaving.X})
        np.testing.assert_allclose(found, np.load(folder / "prob10.npy"), atol=1e-5)


# What is refused


def failure(function, *args, **kwargs):
    with pytest.raises(Exception) as caught:
        function(*args, **kwargs)
    return f"{caught.type.__name__}: {str(caught.value).splitlines()[0]}"


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    told = failure(tf.saved_model.builder.SavedModelBuilder, str(tmp_path))
    assert told.startswith("AssertionError: Export directory already exists, and isn't empty. Please choose")


def test_graphs_come_in_order(tmp_path):
    x = tf.Variable(1.0)
    builder = tf.saved_model.Builder(str(tmp_path / "model"))
    told = failure(builder.add_meta_graph, ["serve"])
    assert told.startswith("AssertionError: Graph state including variables and assets has not been saved yet.")
    with tf.Session() as session:
        session.run(x.initializer)
        builder.add_meta_graph_and_variables(session, ["serve"])
        told = failure(builder.add_meta_graph_and_variables, session, ["serve"])
    assert told.startswith("AssertionError: Graph state including variables and assets has already been saved.")


def test_signatures_are_checked(tmp_path):
    utils, x = tf.saved_model.signature_def_utils, tf.placeholder(tf.float32)
    words = tf.placeholder(tf.string)
    assert failure(utils.predict_signature_def, {}, {"x": x}) == (
        "ValueError: Prediction inputs cannot be None or empty."
    )
    assert failure(utils.regression_signature_def, x, x) == ("ValueError: Regression examples must be a string Tensor.")
    assert failure(utils.classification_signature_def, words, None, None) == (
        "ValueError: Classification classes and scores cannot both be None."
    )
    assert utils.is_valid_signature(utils.regression_signature_def(words, x))
    assert utils.is_valid_signature(utils.classification_signature_def(words, words, x))
    assert not utils.is_valid_signature(utils.build_signature_def(method_name="tensorflow/serving/predict"))
    builder = tf.saved_model.Builder(str(tmp_path / "model"))
    signature = utils.build_signature_def({"x": protos.TensorInfo()})
    with tf.Session() as session:
        told = failure(builder.add_meta_graph_and_variables, session, ["serve"], {"name": signature})
        assert told.startswith("AssertionError: All TensorInfo protos used in the SignatureDefs must have one of")
        told = failure(
            builder.add_meta_graph_and_variables,
            session,
            ["serve"],
            {"__saved_model_init_op": utils.predict_signature_def({"x": x}, {"x": x})},
        )
        assert told.startswith('KeyError: \'SignatureDef map key "__saved_model_init_op" is reserved')


def test_nodes_that_are_not_there(tmp_path):
    graph_def = tf.get_default_graph().as_graph_def()
    assert failure(tf.graph_util.extract_sub_graph, graph_def, ["no"]) == "AssertionError: no is not in graph"
    assert failure(tf.graph_util.extract_sub_graph, graph_def, "no") == "TypeError: dest_nodes must be a list."
    told = failure(tf.graph_util.extract_sub_graph, tf.get_default_graph(), ["no"])
    assert told == "TypeError: graph_def must be a graph_pb2.GraphDef proto."


def test_some_variables_stay():
    a, b = tf.Variable(1.0, name="a"), tf.Variable(2.0, name="b")
    tf.add(a, b, name="sum")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        freeze = tf.graph_util.convert_variables_to_constants
        for kwargs in ({"variable_names_whitelist": ["a"]}, {"variable_names_blacklist": ["b"]}):
            found = freeze(session, session.graph_def, ["sum"], **kwargs)
            assert {node.name: node.op for node in found.node if node.name in "ab"} == {"a": "Const", "b": "VariableV2"}


def test_rows_of_a_resource_variable_are_looked_up_in_a_constant():
    table = tf.get_variable("table", [3, 2], use_resource=True)
    rows = tf.nn.embedding_lookup(table, [2, 0], name="rows")
    with tf.Session() as session:
        session.run(table.initializer)
        wanted = session.run(rows)
        found = tf.graph_util.convert_variables_to_constants(session, session.graph_def, [rows.op.name])
    with tf.Graph().as_default(), tf.Session() as session:
        (again,) = tf.import_graph_def(found, return_elements=[rows.name], name="")
        np.testing.assert_array_equal(session.run(again), wanted)


def test_a_resource_variable_that_a_conditional_reads_cannot_be_frozen():
    v = tf.get_variable("v", [], use_resource=True)
    y = tf.cond(tf.placeholder_with_default(True, []), lambda: v * 2.0, lambda: v + 1.0)
    with tf.Session() as session:
        session.run(v.initializer)
        told = failure(tf.graph_util.convert_variables_to_constants, session, session.graph_def, [y.op.name])
    assert told.startswith("ValueError: Cannot freeze the variable of 'v': the ")


def test_a_collection_without_a_form_is_left_out_with_a_warning(caplog):
    tf.add_to_collection("things", object())
    tf.add_to_collection("words", "a")
    assert sorted(tf.train.export_meta_graph().collection_def) == ["words"]


def test_without_messages_there_is_no_meta_file(tmp_path, monkeypatch):
    v = tf.Variable(1.0)
    saver = tf.train.Saver()
    monkeypatch.setattr(protos, "are_there", lambda: False)
    with tf.Session() as session:
        session.run(v.initializer)
        saver.save(session, str(tmp_path / "model"))
    assert names(tmp_path) == ["checkpoint", "model.data-00000-of-00001", "model.index"]


def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "graph.pbtxt"
    path.write_text("before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):
        tf.train.write_graph(tf.Graph(), str(tmp_path), "graph.pbtxt")
    assert names(tmp_path) == ["graph.pbtxt"] and path.read_text() == "before"
