"""What explanations and pictures both ask of a graph, so that both say it in the same words."""
