"""TensorFlow's GraphDef, in and out."""
