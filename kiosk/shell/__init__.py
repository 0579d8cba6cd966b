"""The imperative side of a visit: the loop, the workers behind it, and what is written down."""
