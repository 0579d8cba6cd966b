"""Cameras that look down on the tray: each file one make, each behind `kiosk.ports.Camera`."""
