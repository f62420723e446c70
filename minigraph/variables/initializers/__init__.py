"""Initial values: functions of (shape, dtype) that build a tensor."""
