"""All addresses. A page that needs no sign-in says so itself (`login_not_required`)."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog, set_language

from annotations.web import demo, keys, newsrooms, preferences, public, styleguide
from factcheck import health

handler500 = "annotations.api.problems.server_error"

urlpatterns = [
    path("", newsrooms.home, name="home"),
    path("setup/", newsrooms.setup, name="setup"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("accounts/", include("allauth.account.urls")),
    path("n/<slug:slug>/", include("annotations.web.urls")),
    path("facts/<slug:slug>/", public.listing, name="facts"),
    path("facts/<slug:slug>/<int:number>/", public.fact, name="publication"),
    path("demo/<str:name>", demo.reference, name="demo_reference"),
    path("api/v1/", include("annotations.api.urls")),
    path("admin/", admin.site.urls),
    path("language/", login_not_required(set_language), name="set_language"),
    path("catalogue.js", login_not_required(JavaScriptCatalog.as_view()), name="javascript-catalog"),
    path("preferences/keys/", keys.preferences, name="keys"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
