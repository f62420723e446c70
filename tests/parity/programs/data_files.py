"""Files in tf.data: lines, records, records of one size, comma-separated values."""

import gzip
import os
import tempfile

import minigraph as tf

folder = tempfile.mkdtemp()
before = os.getcwd()
os.chdir(folder)  # so that no folder is in the graph


def path_of(name):
    return os.path.join(folder, name)


for number in range(2):
    with open(path_of("part%d.txt" % number), "wb") as file:
        file.write(b"first of %d\n\nlast\r\nno end" % number)
    with tf.python_io.TFRecordWriter(path_of("part%d.tfrecord" % number)) as writer:
        for i in range(3):
            feature = {
                "x": tf.train.Feature(float_list=tf.train.FloatList(value=[i, 0.5 * number])),
                "y": tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    with open(path_of("part%d.bin" % number), "wb") as file:
        file.write(b"HD" + bytes(bytearray(range(10 * number, 10 * number + 9))) + b"F")
    with open(path_of("part%d.csv" % number), "w") as file:
        file.write("a,b,c,label\n")
        for i in range(4):
            file.write('%d,%g,"t,%d",%d\n' % (i, i / 2.0, number, i % 2))
with gzip.open(path_of("lines.gz"), "wb") as file:
    file.write(b"packed\nlines\n")
options = tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType.ZLIB)
with tf.python_io.TFRecordWriter(path_of("packed.tfrecord"), options) as writer:
    writer.write(b"zlib")

names = tf.placeholder_with_default(["a", "b"], [None], name="names")  # so that no folder is in the graph
name = tf.placeholder_with_default("a", [], name="name")
features = {"x": tf.FixedLenFeature([2], tf.float32), "y": tf.FixedLenFeature([], tf.int64)}


def fields(line):
    return tf.decode_csv(line, [[0], [0.0], [""], [0]])


def row(line):
    number, half, text, label = fields(line)
    return {"number": number, "half": half, "text": text}, label


datasets = {
    "lines": (tf.data.TextLineDataset(names), ["part0.txt", "part1.txt"]),
    "lines_in_turn": (tf.data.TextLineDataset(names, num_parallel_reads=2), ["part0.txt", "part1.txt"]),
    "lines_of_names": (tf.data.TextLineDataset(tf.data.Dataset.from_tensor_slices(names)), ["part1.txt"]),
    "packed_lines": (tf.data.TextLineDataset(names, compression_type="GZIP"), ["lines.gz"]),
    "rows": (
        tf.data.Dataset.from_tensor_slices(names).flat_map(lambda n: tf.data.TextLineDataset(n).skip(1).map(row)),
        ["part0.csv", "part1.csv"],
    ),
    "records": (
        tf.data.TFRecordDataset(names).map(lambda text: tf.parse_single_example(text, features)),
        ["part0.tfrecord", "part1.tfrecord"],
    ),
    "batches": (
        tf.data.TFRecordDataset(names, buffer_size=100).batch(4).map(lambda t: tf.parse_example(t, features)),
        ["part0.tfrecord", "part1.tfrecord"],
    ),
    "packed_records": (tf.data.TFRecordDataset(names, "ZLIB"), ["packed.tfrecord"]),
    "blocks": (
        tf.data.FixedLengthRecordDataset(names, 3, 2, 1).map(lambda b: tf.decode_raw(b, tf.uint8)),
        ["part0.bin", "part1.bin"],
    ),
    "blocks_plain": (tf.data.FixedLengthRecordDataset(names, 4), ["part0.bin"]),
    "csv": (
        tf.data.experimental.CsvDataset(names, [tf.int32, [0.0], tf.string, [7]], header=True),
        ["part0.csv", "part1.csv"],
    ),
    "csv_columns": (
        tf.data.experimental.CsvDataset(names, [tf.float32, tf.int64], header=True, select_cols=[1, 3]),
        ["part0.csv"],
    ),
    "csv_text": (tf.data.experimental.CsvDataset(names, [tf.int32, tf.int32], header=True), ["part0.csv"]),
    "missing": (tf.data.TextLineDataset(names), ["none.txt"]),
}
iterators = {key: datasets[key][0].make_initializable_iterator() for key in sorted(datasets)}
elements = {key: iterators[key].get_next() for key in sorted(datasets)}


def leaves(element):
    """Return the values of an element, in the order of its structure."""
    if isinstance(element, dict):
        return [leaf for key in sorted(element) for leaf in leaves(element[key])]
    if isinstance(element, tuple):
        return [leaf for part in element for leaf in leaves(part)]
    return [element]


results = {}
with tf.Session() as sess:
    for key in sorted(datasets):
        sess.run(iterators[key].initializer, {names: [path_of(each) for each in datasets[key][1]]})
        found = results[key] = []
        try:
            while len(found) < 40:
                try:
                    found += leaves(sess.run(elements[key]))
                except (tf.errors.InvalidArgumentError, tf.errors.NotFoundError) as error:
                    found.append(type(error).__name__ + error.message.split("\n")[0].replace(folder, ""))
        except tf.errors.OutOfRangeError:
            results[key + "_ended"] = True
results["static"] = [
    [key, str(datasets[key][0]), str(datasets[key][0].output_types), str(datasets[key][0].output_shapes)]
    for key in sorted(datasets)
]

with tf.Graph().as_default(), tf.Session() as sess:
    table = tf.data.experimental.make_csv_dataset("./*.csv", 3, label_name="label", num_epochs=1, shuffle=False)
    table_element = table.make_one_shot_iterator().get_next()
    found = results["table"] = []
    try:
        while True:
            found += leaves(sess.run(table_element))
    except tf.errors.OutOfRangeError:
        results["table_ended"] = True
    files = tf.data.Dataset.list_files("./*.txt", shuffle=False).batch(2)
    results["files"] = [os.path.basename(each) for each in sess.run(files.make_one_shot_iterator().get_next())]
    mixed = tf.data.experimental.make_csv_dataset(
        "./*.csv", 4, select_columns=["c", "b"], shuffle_seed=3, shuffle_buffer_size=3
    )
    results["mixed"] = leaves(sess.run(mixed.make_one_shot_iterator().get_next()))
    results["table_static"] = [str(table), str(mixed)]
    write = tf.data.experimental.TFRecordWriter("written").write(tf.data.Dataset.from_tensor_slices(["one", "two"]))
    sess.run(write)
    results["written"] = list(tf.python_io.tf_record_iterator("written"))
os.chdir(before)
print(results)
