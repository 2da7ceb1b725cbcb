"""Factcheck: wires the processes (web, worker, beat); the domain is in `annotations`."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
