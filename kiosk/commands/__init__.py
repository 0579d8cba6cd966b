"""What `kiosk` does, one module a command. Each is imported when it is wanted: a process carries only what it needs."""
