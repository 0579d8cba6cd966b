"""The rules of a visit, pure: `step` and the projections of a state."""
