"""The operations, one file a family: each a definition (`OpDef`) and the public function that applies it."""
