"""The updates of the optimizers: ApplyAdam and its like, dense, by rows, and on resources."""
