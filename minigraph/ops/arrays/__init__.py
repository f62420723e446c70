"""Operations that create, reshape, join, slice and index arrays; their names are directly in `tf`."""
