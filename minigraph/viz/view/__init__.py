"""What is visible of a graph: boxes, the frames around them, the arrows between them, what overlays say on top."""
