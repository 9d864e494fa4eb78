"""Classroom social-norms clicker: guesses, own answers, attitudes and the country side by side."""

__version__ = "0.1.0"
