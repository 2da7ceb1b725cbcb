"""Asking reviewers again."""

from annotations.reviews import reopening
from annotations.tasks.work import register

reopen = register("reviews.reopen", reopening.reopen, reopening.give_up)
