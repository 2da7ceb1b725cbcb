"""Django's settings, made from the environment (factcheck/env.py). No secret has a default."""

import sys
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from factcheck import env as environment
from factcheck import logs, stores
from factcheck.languages import offered

ENV = environment.read()
BASE_DIR = environment.BASE
DATA = ENV.data
environment.make_folders(ENV)
TESTING = "pytest" in sys.modules

SECRET_KEY = environment.secret_key(ENV)
DEBUG = ENV.debug
STYLEGUIDE = ENV.debug  # /styleguide/, a page for development
ALLOWED_HOSTS = ENV.allowed_hosts
PUBLIC_URL = ENV.public_url
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "factcheck.apps.FactcheckConfig",
    "annotations",
    "factcheck.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.middleware.CompressMiddleware",
    "factcheck.middleware.RequestLogMiddleware",
    "factcheck.middleware.PrivateMiddleware",
    "factcheck.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # deny by default: a public view says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "annotations.web.preferences.PreferencesMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["annotations.web.numbers.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["annotations.web.numbers"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "annotations.web.context.page",
            ],
        },
    },
]

DATABASES = {"default": environment.database(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, object]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENV.redis_url,
            "KEY_PREFIX": "fc-cache",
        }
        if ENV.redis_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # one web process in the embedded default
    )
}

# The address is unique without regard to case, by a named constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# Sign-in: by e-mail; accounts are made by invitation only.
AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "annotations.web.accounts.ClosedAccounts"
ACCOUNT_EMAIL_VERIFICATION = "none"  # members are entered by an admin who knows the address
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

_https = urlsplit(PUBLIC_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    30_000_000  # what is longer than a text may be gets our own answer, what is absurd Django's
)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
LANGUAGES = offered(LOCALE_PATHS[0])
FORMAT_MODULE_PATH = "factcheck.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.static
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **stores.entries(ENV),  # kept bodies and uploads: never under a URL of their own, only through a view that checks
    "staticfiles": {"BACKEND": "factcheck.storage.HashedStaticFiles"},
}
# Source maps of packages are long to compress and asked for by nobody.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # every address that we print is a hashed one
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.TokenAuthentication",
        "annotations.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["annotations.api.authentication.IsMember"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.conventions.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["annotations.api.throttling.MemberThrottle"],
    "DEFAULT_THROTTLE_RATES": {"member": "1200/min"},
    "EXCEPTION_HANDLER": "annotations.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck API",
    "DESCRIPTION": "Articles, claims, blind reviews, sources, agreement, rulings and published fact-checks of a newsroom.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["annotations.api.authentication.IsMember"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "DoublingState": "annotations.models.markings.DoublingState.choices",
        "ArticleState": "annotations.models.articles.ArticleState.choices",
        "ClaimState": "annotations.models.claims.ClaimState.choices",
        "ReviewState": "annotations.models.reviews.ReviewState.choices",
        "SourceState": "annotations.models.sources.SourceState.choices",
        "ImportKind": "annotations.models.intake.ImportKind.choices",
        "SourceKind": "annotations.models.sources.SourceKind.choices",
        "RulingState": "annotations.models.rulings.RulingState.choices",
        "MeansEnum": "annotations.models.sources.StatementMeans.choices",
        "ContactMeans": "annotations.models.talk.ContactMeans.choices",
        "ContactStatus": "annotations.models.talk.ContactStatus.choices",
        "NoticeKind": "annotations.models.talk.NoticeKind.choices",
    },
}

# Celery; each value answers a fault (docs/operations.md, "Jobs").
CELERY_BROKER_URL = ENV.redis_url or f"redis+socket://{environment.broker_socket(ENV)}"
CELERY_RESULT_BACKEND = None  # the work table holds the outcome; results would double the broker's traffic
CELERY_TASK_IGNORE_RESULT = True  # ... and nobody would read them
CELERY_TASK_SERIALIZER = "json"  # a message holds a row's number, nothing else
CELERY_ACCEPT_CONTENT = ["json"]  # a pickle in the broker would be code
CELERY_TASK_ACKS_LATE = True  # a killed worker's message comes back
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # ... also when only the child was killed
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # nothing is hoarded by a busy worker
CELERY_TASK_SOFT_TIME_LIMIT = (
    60  # a fetch ends by itself after 30 s, a reading after 20: this is for what nobody foresaw
)
CELERY_TASK_TIME_LIMIT = 90  # only the hard limit stops C code
CELERY_TASK_DEFAULT_QUEUE = "compute"  # never by mistake the queue whose workers may reach the internet
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # > 4 x the hard limit, else a long task runs twice
    "unacked_restore_interval": 10,  # what a killed worker held comes back after the timeout plus this,
    "unacked_restore_throttle": 1,  # ... not after ten times as long (kombu looks each tenth time by default)
    "global_keyprefix": "factcheck:",  # a Redis may serve others too
    "socket_keepalive": True,  # a connection that a firewall forgot is noticed
    "socket_connect_timeout": 5,  # a broker that is away costs a request seconds, not minutes
    "retry_on_timeout": True,  # one slow answer is no reason to drop a worker
    "health_check_interval": 25,  # an idle worker notices a restarted broker
}
CELERY_VISIBILITY_TIMEOUT = 600  # the shortest of all apps on the broker wins
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True  # workers may start before the broker
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # it will be delivered again anyway
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # what leaks in C code leaks for so long only
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # kB; a child that grew beyond is replaced after its task
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20  # a stopped worker ends its task, or gives it back
# Publishing gives up fast: the row is the queue, the sweep sends again (6 s with retry switched off, 0.06 s so).
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the log is structured, by factcheck/logs.py
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "run" / "beat-schedule")

# The work table (annotations/jobs.py)
JOBS_LEASE_SECONDS = 150  # outlives the hard time limit
JOBS_SWEEP_SECONDS = 30  # how long a lost message may go unnoticed at most, apart from the next
JOBS_RESEND_SECONDS = 120  # a message not answered by then is taken for lost
JOBS_BACKOFF_SECONDS = 5  # doubled with every unexpected error
EVENTS_POLL_SECONDS = ENV.events_poll_ms / 1000  # how often the one reader of a process looks for new lines
EVENTS_STREAMS_EACH = 10  # of one person in one process; a browser opens one
# One static schedule; the sweep is safe to run twice, so two beats are harmless.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "work.sweep", "schedule": JOBS_SWEEP_SECONDS, "options": {"expires": JOBS_SWEEP_SECONDS - 1}},
    "watch": {"task": "sources.due", "schedule": 300.0, "options": {"expires": 290}},
    "feeds": {"task": "feeds.due", "schedule": 60.0, "options": {"expires": 59}},
    "rankers": {"task": "rankers.due", "schedule": 86400.0, "options": {"expires": 3600}},
    "seal": {"task": "events.seal", "schedule": 300.0, "options": {"expires": 290}},
}

LLM_URL, LLM_MODEL, LLM_KEY, LLM_SECONDS = ENV.llm_url, ENV.llm_model, ENV.llm_key, ENV.llm_seconds

ARCHIVE_URL, ARCHIVE_KEY = ENV.archive_url, ENV.archive_key

SOURCES_ALLOWED_HOSTS, SOURCES_ALLOWED_RANGES = ENV.allowed_names, ENV.allowed_ranges
FETCH_PROXY = ENV.fetch_proxy
SOURCES_USER_AGENT = f"Factcheck/0.1 (+{PUBLIC_URL})"
SOURCES_TEST_NETWORK = ""  # a module of tests with its own resolver; refused under any settings but those of tests
SOURCES_HOST_GAP = 2.0  # seconds between two fetches of one host; there is never more than one at a time
SOURCES_HOST_PAUSE = 60.0  # seconds that a host without an answer is left alone, doubled each time up to 15 minutes

vars().update(environment.email(ENV))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.from_email

LOGGING = logs.configure(ENV.log_format)
