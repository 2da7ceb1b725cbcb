"""/n/<newsroom>/"""

from django.urls import path

from annotations.web import agreement, articles, claims, newsrooms, reviews, rulings, sources

urlpatterns = [
    path("", newsrooms.dashboard, name="dashboard"),
    path("tokens/", newsrooms.tokens, name="tokens"),
    path("tokens/<int:token_id>/revocation/", newsrooms.revoke_token, name="token_revoke"),
    path("articles/", articles.listing, name="articles"),
    path("articles/new/", articles.add, name="article_add"),
    path("articles/<int:article_id>/", articles.detail, name="article"),
    path("articles/<int:article_id>/edit/", articles.edit, name="article_edit"),
    path("articles/<int:article_id>/text/", articles.revise, name="article_revise"),
    path("articles/<int:article_id>/retry/", articles.retry, name="article_retry"),
    path("articles/<int:article_id>/agreement/", agreement.report, name="article_agreement"),
    path("articles/<int:article_id>/claims/", claims.add, name="claim_add"),
    path("articles/<int:article_id>/claims/merge/", claims.merge, name="claims_merge"),
    path("articles/<int:article_id>/claims/confirm/", claims.confirm_many, name="claims_confirm"),
    path("claims/<int:claim_id>/", reviews.claim, name="claim"),
    path("claims/<int:claim_id>/edit/", claims.edit, name="claim_edit"),
    path("claims/<int:claim_id>/action/", claims.act, name="claim_act"),
    path("claims/<int:claim_id>/evidence/", reviews.evidence_state, name="evidence_state"),
    path("claims/<int:claim_id>/ruling/", rulings.ruling, name="ruling"),
    path("review/", reviews.queue, name="review_queue"),
    path("review/next/", reviews.take_next, name="review_next"),
    path("rulings/", rulings.queue, name="ruling_queue"),
    path("rulings/<int:ruling_id>/sign-off/", rulings.sign_off, name="sign_off"),
    path("sources/", sources.listing, name="sources"),
    path("sources/<int:source_id>/", sources.detail, name="source"),
    path("sources/<int:source_id>/copy/", sources.download, name="source_download"),
    path("sources/<int:source_id>/retry/", sources.retry, name="source_retry"),
    path("agreement/", agreement.report, name="agreement"),
    path("published/", rulings.publications, name="publications"),
    path("published/<int:number>/correction/", rulings.correct, name="correct"),
]
