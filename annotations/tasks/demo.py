"""The demonstration's second half."""

from annotations.demo import building
from annotations.tasks.work import register

finish = register("demo.finish", building.finish, building.give_up)
