"""Every address × who asks, in one table. An address that is not in it fails, so a new one must say whom it is for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.models import Article
from tests import factories

OPEN, MEMBER, EDITOR, ADMIN, OUT = "open", "member", "editor", "admin", "outside"
# Name → who may. "open": anybody; "member": any member; "editor": editors and admins.
PAGES: dict[str, str] = {
    "home": OPEN,
    "setup": OPEN,
    "facts": OPEN,
    "publication": OPEN,
    "demo_reference": OPEN,
    "set_language": OPEN,
    "javascript-catalog": OPEN,
    "healthz": OPEN,
    "readyz": OPEN,
    "preferences": MEMBER,
    "keys": MEMBER,
    "styleguide": OPEN,
    "dashboard": MEMBER,
    "tour_end": MEMBER,
    "first_steps": MEMBER,
    "sample": EDITOR,
    "members": ADMIN,
    "dossier": MEMBER,
    "tokens": MEMBER,
    "token_revoke": MEMBER,
    "counts": MEMBER,
    "articles": MEMBER,
    "article_states": MEMBER,
    "claim_states": MEMBER,
    "article": MEMBER,
    "article_add": EDITOR,
    "article_edit": EDITOR,
    "article_retry": EDITOR,
    "article_revise": EDITOR,
    "article_agreement": EDITOR,
    "marking": MEMBER,
    "markings": EDITOR,
    "claim": MEMBER,
    "claim_add": EDITOR,
    "claim_mark": EDITOR,
    "claims_merge": EDITOR,
    "claims_confirm": EDITOR,
    "claims_drop": EDITOR,
    "claim_edit": EDITOR,
    "claim_act": EDITOR,
    "claim_borders": EDITOR,
    "claim_split": EDITOR,
    "claims_repeats": MEMBER,
    "claims_undo": EDITOR,
    "claims_changed": EDITOR,
    "changed_settle": EDITOR,
    "changed_leave": EDITOR,
    "earlier": EDITOR,
    "earlier_remove": EDITOR,
    "article_refetch": EDITOR,
    "intake": EDITOR,
    "feed_act": EDITOR,
    "import_add": EDITOR,
    "import": EDITOR,
    "settings": ADMIN,
    "claim_type": ADMIN,
    "ranker_train": ADMIN,
    "ranker_switch": ADMIN,
    "archive_switch": ADMIN,
    "guideline_write": ADMIN,
    "checklist_write": ADMIN,
    "comments": MEMBER,
    "comment_act": MEMBER,
    "contacts": MEMBER,
    "contact_act": MEMBER,
    "mentions": MEMBER,
    "evidence_state": MEMBER,
    "ruling": EDITOR,
    "ruling_queue": EDITOR,
    "ruling_news": EDITOR,
    "sign_off": EDITOR,
    "review_queue": MEMBER,
    "review_news": MEMBER,
    "review_next": MEMBER,
    "sources": MEMBER,
    "source_states": MEMBER,
    "source_text": MEMBER,
    "source": MEMBER,
    "source_download": MEMBER,
    "source_copy": MEMBER,
    "source_retry": MEMBER,
    "source_archive": MEMBER,
    "claim_archive": MEMBER,
    "article_archive": MEMBER,
    "source_life": EDITOR,
    "source_host": EDITOR,
    "rechecks": EDITOR,
    "recheck_leave": EDITOR,
    "agreement": EDITOR,
    "agreement_mine": MEMBER,
    "agreement_people": ADMIN,
    "agreement_file": EDITOR,
    "publications": MEMBER,
    "correct": EDITOR,
}
API: dict[str, str] = {
    "api_articles": MEMBER,
    "api_article": MEMBER,
    "api_version": MEMBER,
    "api_versions": EDITOR,
    "api_article_claims": MEMBER,
    "api_double_marking": MEMBER,
    "api_double_marking_place": MEMBER,
    "api_double_marking_done": MEMBER,
    "api_double_marking_end": EDITOR,
    "api_double_marking_look": EDITOR,
    "api_markings": MEMBER,
    "api_marking": MEMBER,
    "api_marking_rows": EDITOR,
    "api_claim": MEMBER,
    "api_claim_spans": EDITOR,
    "api_claim_pieces": EDITOR,
    "api_claim_place": EDITOR,
    "api_claim_look": EDITOR,
    "api_claim_similar": MEMBER,
    "api_claim_same_as": EDITOR,
    "api_similar": MEMBER,
    "api_article_fetch": EDITOR,
    "api_article_undo": EDITOR,
    "api_article_merges": EDITOR,
    "api_feeds": EDITOR,
    "api_feed": EDITOR,
    "api_imports": EDITOR,
    "api_import": EDITOR,
    "api_claim_types": MEMBER,
    "api_claim_type": ADMIN,
    "api_rankers": ADMIN,
    "api_ranker": ADMIN,
    "api_queue_changed": EDITOR,
    "api_claim_confirmation": EDITOR,
    "api_claim_removal": EDITOR,
    "api_claim_assignments": EDITOR,
    "api_review": MEMBER,
    "api_submission": MEMBER,
    "api_reviews": MEMBER,
    "api_disclosure": EDITOR,
    "api_comments": MEMBER,
    "api_comment": MEMBER,
    "api_comment_resolution": MEMBER,
    "api_mentions": MEMBER,
    "api_contacts": MEMBER,
    "api_contact_corrections": MEMBER,
    "api_contact_publication": EDITOR,
    "api_guideline": MEMBER,
    "api_checklist": MEMBER,
    "api_ruling": EDITOR,
    "api_decision": EDITOR,
    "api_sign_off": EDITOR,
    "api_queue_recheck": EDITOR,
    "api_sources": MEMBER,
    "api_source": MEMBER,
    "api_source_attempts": MEMBER,
    "api_source_life": EDITOR,
    "api_queue_review": MEMBER,
    "api_queue_review_next": MEMBER,
    "api_queue_rulings": EDITOR,
    "api_queue_sign_off": EDITOR,
    "api_publications": MEMBER,
    "api_publication": MEMBER,
    "api_correction": EDITOR,
    "api_retraction": EDITOR,
    "api_agreement": EDITOR,
    "api_agreement_coincidences": EDITOR,
    "api_agreement_consensus": EDITOR,
    "api_agreement_mine": MEMBER,
    "api_agreement_people": ADMIN,
    "api_scales": MEMBER,
    "api_tokens": MEMBER,
    "api_token": MEMBER,
    "api_events": MEMBER,
    "api_schema": MEMBER,
    "api_docs": MEMBER,
    "api_not_found": OPEN,
}
_POSTS = {
    "tour_end",
    "first_steps",
    "sample",
    "token_revoke",
    "article_retry",
    "article_revise",
    "claim_add",
    "claims_merge",
    "claims_confirm",
    "claims_drop",
    "claim_act",
    "claim_borders",
    "claim_split",
    "claims_undo",
    "article_refetch",
    "feed_act",
    "import_add",
    "changed_settle",
    "changed_leave",
    "earlier_remove",
    "claim_type",
    "ranker_train",
    "ranker_switch",
    "archive_switch",
    "guideline_write",
    "checklist_write",
    "comment_act",
    "contact_act",
    "sign_off",
    "review_next",
    "source_retry",
    "source_life",
    "source_host",
    "recheck_leave",
}
_WRITES = {
    "api_double_marking_place": "put",
    "api_double_marking_done": "put",
    "api_double_marking_end": "put",
    "api_double_marking_look": "put",
    "api_marking": "patch",
    "api_claim_spans": "put",
    "api_claim_pieces": "post",
    "api_claim_place": "put",
    "api_claim_look": "put",
    "api_claim_same_as": "put",
    "api_similar": "post",
    "api_article_fetch": "post",
    "api_article_undo": "post",
    "api_article_merges": "post",
    "api_claim_type": "patch",
    "api_ranker": "patch",
    "api_versions": "post",
    "api_claim_confirmation": "put",
    "api_claim_removal": "put",
    "api_claim_assignments": "post",
    "api_submission": "put",
    "api_disclosure": "put",
    "api_comment": "patch",
    "api_comment_resolution": "put",
    "api_contact_corrections": "post",
    "api_contact_publication": "put",
    "api_decision": "put",
    "api_sign_off": "put",
    "api_sources": "post",
    "api_source_attempts": "post",
    "api_source_life": "put",
    "api_queue_review_next": "post",
    "api_correction": "post",
    "api_retraction": "post",
    "api_token": "delete",
}


_LADDER = {
    OPEN: {"reviewer", "editor", "admin"},
    MEMBER: {"reviewer", "editor", "admin"},
    EDITOR: {"editor", "admin"},
    ADMIN: {"admin"},
}


def addresses() -> dict[str, str]:
    """All of our own routes by name, with a number or a word for each variable."""
    found: dict[str, str] = {}

    def walk(patterns: list[Any], prefix: str) -> None:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                if not route.startswith(("admin/", "accounts/")):
                    walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                assert entry.name, route
                found[entry.name] = "/" + route

    walk(get_resolver().url_patterns, "")
    return found


def address(route: str, slug: str, article: int) -> str:
    route = route.replace("<slug:slug>", slug).replace("<int:article_id>", str(article)).replace("<str:name>", "x")
    for name in (
        "claim_id",
        "ruling_id",
        "source_id",
        "capture_id",
        "token_id",
        "feed_id",
        "import_id",
        "check_id",
        "evidence_id",
        "type_id",
        "ranker_id",
        "marking_id",
        "comment_id",
        "contact_id",
        "number",
    ):
        route = route.replace(f"<int:{name}>", "999999")
    return route.replace("^.*$", "nowhere")


def test_every_address_is_in_the_table() -> None:
    assert set(addresses()) == set(PAGES) | set(API)


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


def allowed(status: int) -> bool:
    """Not kept out: whatever else the request lacks."""
    return status not in (401, 403)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages(name: str, desk: factories.Desk) -> None:
    article = Article.objects.filter(newsroom=desk.newsroom).first() or factories.article(desk)
    path = address(addresses()[name], "marjan", article.pk)
    method = "post" if name in _POSTS or name == "set_language" else "get"
    statuses = {}
    people = {"reviewer": desk.reviewers[0], "editor": desk.editor, "admin": desk.admin}
    for who, user in (("nobody", None), *((role, person.user) for role, person in people.items())):
        client = Client()
        if user:
            client.force_login(user)
        response = getattr(client, method)(path)
        statuses[who] = response.status_code
        assert response.status_code < 500 or name == "readyz", (who, response.status_code)  # says 503 without workers
        if who == "nobody" and PAGES[name] != OPEN:
            assert response.status_code == 302
            assert response["Location"].startswith("/accounts/login/")
    for who in people:
        assert allowed(statuses[who]) == (who in _LADDER[PAGES[name]]), who


@pytest.mark.parametrize(
    "name", sorted(name for name in PAGES if PAGES[name] != OPEN and name not in ("preferences", "keys"))
)
def test_another_newsroom_is_not_there(name: str, desk: factories.Desk) -> None:
    other = factories.desk("orlen")
    article = factories.article(desk)
    client = Client()
    client.force_login(other.admin.user)
    method = "post" if name in _POSTS else "get"
    assert getattr(client, method)(address(addresses()[name], "marjan", article.pk)).status_code == 404


@pytest.mark.parametrize("name", sorted(API))
def test_api(name: str, desk: factories.Desk) -> None:
    article = factories.article(desk)
    path = address(addresses()[name], "marjan", article.pk)
    method = _WRITES.get(name, "get")
    people = (("nobody", None), ("reviewer", desk.reviewers[0]), ("editor", desk.editor), ("admin", desk.admin))
    for who, member in people:
        client = Client()
        if member:
            client.force_login(member.user)
        response = getattr(client, method)(path, content_type="application/json")
        assert response.status_code < 500
        if name == "api_not_found":
            assert response.status_code == 404
        elif who == "nobody":
            assert response.status_code in (401, 403) or response["Location"].startswith("/accounts/login/")
        elif who not in _LADDER[API[name]]:
            assert response.status_code == 403
            assert response.json()["code"] in ("role_not_allowed",)
        else:
            assert allowed(response.status_code)


def test_rows_of_another_newsroom_are_not_found_by_id(desk: factories.Desk) -> None:
    other = factories.desk("orlen")
    article = factories.article(desk)
    client = Client()
    client.force_login(other.admin.user)
    assert client.get(f"/n/orlen/articles/{article.pk}/").status_code == 404
    assert client.get(f"/api/v1/articles/{article.pk}").status_code == 404
