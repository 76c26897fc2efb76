"""The fake server: one endpoint of an analytics API, answered as a real Laravel would."""

__version__ = "0.1.0"
