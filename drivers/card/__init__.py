"""The My Number Card on a PC/SC reader, and the same card in memory."""
