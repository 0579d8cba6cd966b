"""The terminal's rules (pure) and its shell (imperative)."""
