"""Keeping publications true."""

from annotations.rulings import appearances
from annotations.tasks.work import register

refresh = register("rulings.appearances", appearances.refresh, appearances.give_up)
