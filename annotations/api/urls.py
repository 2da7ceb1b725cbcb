"""/api/v1/"""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from annotations.api import articles, claims, desk, events, problems, publications, reviews, rulings, sources

# The explorer sets styles by script; its page alone may.
explorer = csp_update({"style-src": ["'unsafe-inline'"]})(SpectacularSwaggerSplitView.as_view(url_name="api_schema"))

urlpatterns = [
    path("articles", articles.Articles.as_view(), name="api_articles"),
    path("articles/<int:article_id>", articles.ArticleDetail.as_view(), name="api_article"),
    path("articles/<int:article_id>/versions", articles.Versions.as_view(), name="api_versions"),
    path("articles/<int:article_id>/versions/<int:number>", articles.VersionDetail.as_view(), name="api_version"),
    path("articles/<int:article_id>/claims", articles.ArticleClaims.as_view(), name="api_article_claims"),
    path("claims/<int:claim_id>", claims.ClaimDetail.as_view(), name="api_claim"),
    path("claims/<int:claim_id>/span", claims.ClaimSpan.as_view(), name="api_claim_span"),
    path("claims/<int:claim_id>/confirmation", claims.ClaimConfirmation.as_view(), name="api_claim_confirmation"),
    path("claims/<int:claim_id>/removal", claims.ClaimRemoval.as_view(), name="api_claim_removal"),
    path("claims/<int:claim_id>/assignments", claims.ClaimAssignments.as_view(), name="api_claim_assignments"),
    path("claims/<int:claim_id>/review", reviews.MyReview.as_view(), name="api_review"),
    path("claims/<int:claim_id>/review/submission", reviews.Submission.as_view(), name="api_submission"),
    path("claims/<int:claim_id>/reviews", reviews.Reviews.as_view(), name="api_reviews"),
    path("claims/<int:claim_id>/disclosure", reviews.ReviewDisclosure.as_view(), name="api_disclosure"),
    path("claims/<int:claim_id>/ruling", rulings.RulingDetail.as_view(), name="api_ruling"),
    path("claims/<int:claim_id>/ruling/decision", rulings.RulingDecision.as_view(), name="api_decision"),
    path("claims/<int:claim_id>/ruling/sign-off", rulings.RulingSignOff.as_view(), name="api_sign_off"),
    path("sources", sources.Sources.as_view(), name="api_sources"),
    path("sources/<int:source_id>", sources.SourceDetail.as_view(), name="api_source"),
    path("queues/review", reviews.ReviewQueue.as_view(), name="api_queue_review"),
    path("queues/review/next", reviews.ReviewQueueNext.as_view(), name="api_queue_review_next"),
    path("queues/rulings", rulings.RulingQueue.as_view(), name="api_queue_rulings"),
    path("queues/sign-off", rulings.SignOffQueue.as_view(), name="api_queue_sign_off"),
    path("publications", publications.Publications.as_view(), name="api_publications"),
    path("publications/<int:number>", publications.PublicationDetail.as_view(), name="api_publication"),
    path("publications/<int:number>/corrections", publications.PublicationCorrection.as_view(), name="api_correction"),
    path("publications/<int:number>/retraction", publications.PublicationRetraction.as_view(), name="api_retraction"),
    path("agreement", desk.Agreement.as_view(), name="api_agreement"),
    path("scales", desk.Scales.as_view(), name="api_scales"),
    path("tokens", desk.Tokens.as_view(), name="api_tokens"),
    path("tokens/<int:token_id>", desk.TokenDetail.as_view(), name="api_token"),
    path("events", events.events_door, name="api_events"),
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs", explorer, name="api_docs"),
    re_path(r"^.*$", login_not_required(problems.not_found), name="api_not_found"),
]
