"""Laravel's validation, interpreted from rule strings."""
