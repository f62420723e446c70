"""What TensorBoard can show besides curves: sounds, texts, tables, images; each as it is stored."""
import glob

import numpy as np
import tensorflow as tf

RATE = 4000
seconds = np.arange(RATE // 4) / float(RATE)
tones = np.stack([np.sin(2 * np.pi * pitch * seconds) for pitch in (220, 440, 880)]).astype(np.float32)

tf.set_random_seed(0)
wave = tf.placeholder(tf.float32, [None, None], name="wave")
loudness = tf.get_variable("loudness", [], initializer=tf.constant_initializer(0.5))
tf.summary.audio("tone", wave * loudness, RATE, max_outputs=2)
tf.summary.audio("stereo", tf.stack([wave, -wave], axis=2)[:1], RATE)
tf.summary.text("about", tf.constant("**Three** tones"))
tf.summary.text("table", tf.constant([["220", "low"], ["440", "high"]]))
tf.summary.image("spectrum", tf.expand_dims(tf.expand_dims(tf.sigmoid(wave[:, :64]), 0), -1))
tf.summary.tensor_summary("levels", tf.reduce_max(tf.abs(wave), axis=1), display_name="Levels", summary_description="peaks")
merged = tf.summary.merge_all()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter("log", sess.graph)
    for step in range(2):
        writer.add_summary(sess.run(merged, {wave: tones * (step + 1) / 2}), step)
    writer.close()

for event in tf.train.summary_iterator(glob.glob("log/*")[0]):
    for value in event.summary.value:
        kind = value.WhichOneof("value")
        plugin = value.metadata.plugin_data.plugin_name
        if kind == "audio":
            samples = np.frombuffer(value.audio.encoded_audio_string[44:], np.int16)
            print(event.step, value.tag, value.audio.sample_rate, value.audio.num_channels, value.audio.length_frames,
                  value.audio.content_type, len(samples), int(abs(samples.astype(int)).max()))
        elif kind == "image":
            print(event.step, value.tag, value.image.height, value.image.width, value.image.encoded_image_string[:4] == b"\x89PNG")
        else:
            array = tf.make_ndarray(value.tensor)
            print(event.step, value.tag, repr(plugin), value.metadata.display_name, array.shape, array.tolist())
