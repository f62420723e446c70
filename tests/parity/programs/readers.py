"""Readers, files of records, examples, and what becomes of texts and bytes: values, nodes, errors."""
import os
import tempfile

import minigraph as tf

folder = tempfile.mkdtemp()
where = os.getcwd()
os.chdir(folder)


def features(**lists):
    """Return an example of lists of integers, floats or bytes."""
    kinds = {int: ("int64_list", tf.train.Int64List), float: ("float_list", tf.train.FloatList)}
    found = {}
    for name, values in lists.items():
        field, kind = kinds.get(type(values[0]), ("bytes_list", tf.train.BytesList))
        found[name] = tf.train.Feature(**{field: kind(value=values)})
    return tf.train.Example(features=tf.train.Features(feature=found))


def failure(function, *args, **kwargs):
    """Return the type and the first line of the error of a call, without the number of the queue."""
    try:
        return str(function(*args, **kwargs))
    except Exception as error:
        text = str(error).split("\n")[0]
        return type(error).__name__ + ": " + "".join(c for c in text if not c.isdigit())


with open("lines.csv", "w") as file:
    file.write('h1,h2\n1,2.5\n3,\n"4",5\r\n\n6,7')
with open("bytes.bin", "wb") as file:
    file.write(bytes(bytearray(range(20))))
examples = [features(i=[n, -n], f=[n * 0.5], b=[b"x%d" % n, b""]) for n in range(3)]
texts = [example.SerializeToString() for example in examples]
with tf.python_io.TFRecordWriter("plain.tfr") as writer:
    for text in (b"one", b"", b"three"):
        writer.write(text)
options = tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType.GZIP)
with tf.python_io.TFRecordWriter("packed.tfr", options) as writer:
    writer.write(b"packed")


def queue_of(*names):
    """Return a queue of names, and what fills and closes it."""
    queue = tf.FIFOQueue(10, tf.string, shapes=[[]])
    with tf.control_dependencies([queue.enqueue_many([list(names)])]):
        return queue, queue.close()


cases = [
    (tf.TextLineReader(skip_header_lines=1), ["lines.csv", "lines.csv"]),
    (tf.TextLineReader(), ["lines.csv"]),
    (tf.WholeFileReader(), ["lines.csv", "bytes.bin"]),
    (tf.IdentityReader(), ["a", "b"]),
    (tf.FixedLengthRecordReader(6, header_bytes=1), ["bytes.bin"]),
    (tf.FixedLengthRecordReader(4, hop_bytes=2), ["bytes.bin"]),
    (tf.FixedLengthRecordReader(4, header_bytes=1, footer_bytes=3), ["bytes.bin", "bytes.bin"]),
    (tf.TFRecordReader(), ["plain.tfr"]),
    (tf.TFRecordReader(options=options), ["packed.tfr"]),
    (tf.TFRecordReader(), ["lines.csv"]),
    (tf.TextLineReader(), ["nothing"]),
]
results = {"records": list(tf.python_io.tf_record_iterator("plain.tfr"))}
results["packed records"] = list(tf.python_io.tf_record_iterator("packed.tfr", options))
with tf.Session() as sess:
    for i, (reader, files) in enumerate(cases):
        queue, fill = queue_of(*files)
        key, value = reader.read(queue)
        counts = [reader.num_records_produced(), reader.num_work_units_completed()]
        sess.run(fill)
        found = []
        while not found or isinstance(found[-1], list):
            try:
                found.append(sess.run([key, value]))
            except tf.errors.OpError as error:
                found.append(failure(sess.run, [key, value]))
        results["reader %d" % i] = [text for pair in found[:-1] for text in pair]
        results["counts %d" % i] = sess.run(counts)
        sess.run(reader.reset())
        results["counts %d again" % i] = sess.run(counts)
    reader = tf.TextLineReader()
    queue, fill = queue_of("lines.csv", "lines.csv")
    keys, values = reader.read_up_to(queue, 4)
    sess.run(fill)
    results["up to"] = [text for _ in range(4) for text in sess.run([keys, values])]

    run = sess.run
    results["files"] = run([tf.read_file("bytes.bin"), tf.matching_files("*.csv"), tf.matching_files("none*")])
    results["written"] = [run(tf.write_file("some/folder/new.txt", "hello")), run(tf.read_file("some/folder/new.txt"))]
    results["no file"] = failure(run, tf.read_file("nothing"))
    found = tf.train.match_filenames_once("*.bin")
    run(found.initializer)
    results["once"] = run(found)

    lines = tf.decode_csv(["1,2.5,a", '3,,"b, ""c"""'], [[0], [1.5], [""]])
    results["csv"] = run(lines)
    others = [
        tf.decode_csv("1;NA", [[7], tf.constant([9], tf.int64)], field_delim=";", na_value="NA"),
        tf.decode_csv('1"2,3', [[""], [""]], use_quote_delim=False),
        tf.decode_csv("1,2,3", [[1], [1]], select_cols=[0, 2]),
        tf.decode_csv(" 1 , 2,", [[1], [1.0], ["x"]]),
        tf.decode_csv([["1,"], ["2,3"]], [tf.constant([], tf.float64), [4]]),
    ]
    results["csv others"] = [value for each in others for value in run(each)]
    results["csv failures"] = [
        failure(run, tf.decode_csv(*args))
        for args in (
            ("1,2", [[1]]),
            ("a", [[1]]),
            (",1", [tf.constant([], tf.int32), [1]]),
            ('1"2,3', [[""], [""]]),
            ('"12"x,3', [[""], [""]]),
            ("1.5", [[1]]),
            ("99999999999", [[1]]),
            ("x", [[1.0]]),
            ("", [[1]]),
        )
    ]
    raw = [
        tf.decode_raw(["\x01\x02\x03\x04", "\x05\x06\x07\x08"], tf.int16),
        tf.decode_raw("\x01\x02\x03\x04", tf.uint8),
        tf.decode_raw("\x01\x02\x03\x04", tf.int16, little_endian=False),
        tf.decode_raw(tf.constant([b"\x00\x00\x80\x3f"]), tf.float32),
    ]
    results["raw"], results["raw shapes"] = run(raw), [str(t.shape) for t in raw]
    results["raw failures"] = [
        failure(run, tf.decode_raw("abc", tf.int16)),
        failure(run, tf.decode_raw(["ab", "abc"], tf.uint8)),
    ]
    results["numbers"] = run([tf.string_to_number(["1", "2.5"]), tf.string_to_number("7", tf.int64)])
    results["number failures"] = [
        failure(run, tf.string_to_number("x")),
        failure(run, tf.string_to_number("1.5", tf.int32)),
    ]

    serialized = tf.placeholder(tf.string, [None])
    all_of_them = tf.parse_example(
        serialized,
        {
            "i": tf.FixedLenFeature([2], tf.int64),
            "f": tf.FixedLenFeature([], tf.float32),
            "b": tf.FixedLenSequenceFeature([], tf.string, allow_missing=True),
            "no": tf.FixedLenSequenceFeature([2], tf.float32, allow_missing=True, default_value=1.5),
            "other": tf.FixedLenFeature([2], tf.float32, default_value=[1.0, 2.0]),
        },
    )
    results["examples"] = [run(all_of_them[key], {serialized: texts}) for key in sorted(all_of_them)]
    results["example shapes"] = [str(all_of_them[key].shape) for key in sorted(all_of_them)]
    single = tf.placeholder(tf.string, [])
    of_one = tf.parse_single_example(
        single,
        {
            "i": tf.FixedLenFeature([2, 1], tf.int64),
            "f": tf.FixedLenFeature([], tf.float32),
            "b": tf.FixedLenFeature([2], tf.string),
            "s": tf.FixedLenFeature([], tf.string, default_value="none"),
        },
        name="of_one",
    )
    results["example"] = [run(of_one[key], {single: texts[2]}) for key in sorted(of_one)]
    results["example failures"] = [
        failure(run, parse(text, {name: feature}), {text: given})
        for parse, text, given in (
            (tf.parse_single_example, single, texts[1]),
            (tf.parse_example, serialized, [texts[1]]),
        )
        for name, feature in (
            ("zz", tf.FixedLenFeature([], tf.int64)),
            ("i", tf.FixedLenFeature([], tf.int64)),
            ("i", tf.FixedLenFeature([2], tf.float32)),
        )
    ] + [
        failure(tf.parse_example, serialized, {}),
        failure(tf.parse_example, serialized, {"i": 3}),
        failure(tf.parse_example, serialized, {"i": tf.FixedLenFeature([None], tf.float32)}),
        failure(tf.parse_example, serialized, {"i": tf.FixedLenFeature([2], None)}),
        failure(run, tf.parse_example(serialized, {"i": tf.FixedLenFeature([2], tf.int64)}), {serialized: ["garbage"]}),
    ]
message = tf.train.Example()
message.features.feature["a"].int64_list.value.extend([1, -2])
again = tf.train.Example.FromString(message.SerializeToString())
results["messages"] = [str(examples[1]), str(message), str(again == message), str(sorted(again.features.feature))]
results["message failures"] = [
    failure(tf.train.Int64List, value=[1.5]),
    failure(tf.train.BytesList, value=[u"abc"]).replace("u'", "'"),
    failure(tf.train.FloatList, value=["x"]),
    failure(tf.train.Int64List, value=3),
    failure(tf.train.Example, feature=3),
]
os.chdir(where)
for key, value in results.items():
    print(key, value)
