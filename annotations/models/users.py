"""People who sign in. What they may do in a newsroom is their Member row."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.rows import one_of


class Digits(models.TextChoices):
    """How the interface writes numbers and dates; the words of articles, quotes and people stay as they are."""

    LATIN = "latn", "0 1 2 3 4 5 6 7 8 9"
    ARABIC_INDIC = "arab", "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩"


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in with an e-mail address, reads the interface in `language` ("": as the browser asks)."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("interface language"), max_length=12, blank=True)
    digits = models.CharField(_("digits"), max_length=4, choices=Digits.choices, default=Digits.LATIN)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)  # "": the server's
    toured_at = models.DateTimeField(_("took or skipped the tour"), null=True, blank=True)
    keys = models.JSONField(
        _("own keys"), default=dict, blank=True
    )  # newsrooms/keys.py: {"keys": {action: key}, "off": true}
    is_staff = models.BooleanField(_("may open the admin site"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            one_of("digits", Digits, name="user_digits_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
