"""Input pipelines of queues and threads, as TensorFlow 1.x had them before `tf.data`."""
