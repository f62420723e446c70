"""The operations, one file per family: each has a definition (`OpDef`) and a public function that applies it."""
