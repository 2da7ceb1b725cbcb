"""Celery's door: one task for each kind of work; each makes one call inward. Imported whole by autodiscovery."""
