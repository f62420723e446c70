# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.tensorboard.embeddings import visualize_embeddings
from minigraph.graph.protos import EmbeddingInfo, ProjectorConfig, SpriteMetadata

__all__ = ["EmbeddingInfo", "ProjectorConfig", "SpriteMetadata", "visualize_embeddings"]
