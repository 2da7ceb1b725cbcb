"""Fetching, reading and checking sources."""

from annotations.sources import checking, operations
from annotations.tasks.work import register

fetch = register("sources.fetch", operations.fetch, operations.bury)
extract = register("sources.extract", operations.extract, operations.bury_extract)
check_quote = register("sources.check_quote", checking.check, checking.bury)
