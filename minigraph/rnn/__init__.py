"""Recurrent networks: cells, wrappers of cells, and functions that call them step by step."""
