"""Graphs that leave the house and come in: GraphDef messages, written (`export_…`) and read (`import_…`)."""
