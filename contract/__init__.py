"""The contract kit: whether a server keeps the published page."""
