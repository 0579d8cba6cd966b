"""What is known about pages without touching a device: find, straighten, judge, encode. Pure functions on arrays."""
