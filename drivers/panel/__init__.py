"""The front panel: lamps and switches around the glass (`kiosk.ports.Panel`)."""
