"""Operations on files: checkpoints."""
