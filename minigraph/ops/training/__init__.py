"""The updates of the optimizers: ApplyAdam and its like, dense, sparse, and on resources."""
