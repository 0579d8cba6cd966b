"""Reading what is printed: in memory and through pipes, nothing on disk."""
