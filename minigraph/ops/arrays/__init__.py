"""Operations that make, reshape, join, cut and pick from arrays, as in `tf` itself."""
