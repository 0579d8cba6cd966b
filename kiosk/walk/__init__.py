"""A visit that makes itself: stories, and fingers that touch what is painted."""
