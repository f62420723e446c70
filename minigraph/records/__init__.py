"""TensorFlow's files of records, and the examples that are usually in them; numpy only."""
