"""Programs that say `import tensorflow`, run as they are: `minigraph run` and `minigraph.install_as_tensorflow()`.

`modules` makes the modules that TensorFlow's names stand for, `old_names` the names of before 1.0, `hints` says what a
program of that time has to change for today's Python and numpy, `script` runs scripts and notebooks.
"""
