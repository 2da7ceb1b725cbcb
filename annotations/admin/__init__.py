"""Django's admin: read-mostly, for a newsroom's admins; blindness holds here too."""

from annotations.admin import desk, newsrooms, queues

__all__ = ["desk", "newsrooms", "queues"]
