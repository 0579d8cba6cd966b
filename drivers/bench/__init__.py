"""The hands: every simulated device in one place, the sample visitors and what they bring."""
