"""The devices, real and simulated side by side, and the bench on which the simulated ones lie."""
