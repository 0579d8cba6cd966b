"""What serves whoever looks after the terminal: checks of one device at a time."""
