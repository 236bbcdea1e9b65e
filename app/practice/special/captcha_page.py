"""`Special:Captcha/image`: the picture of a captcha."""

from flask import Response, request

from app.practice.http.html_pages import error_page
from app.practice.wiki import current_wiki


def show_captcha() -> Response:
    """Answer with the picture of a captcha that waits for its answer."""
    picture = current_wiki().captchas.picture(request.args.get("wpCaptchaId", ""))
    if picture is None:
        return error_page("Captcha", "The CAPTCHA is missing or has expired.", 404)
    answer = Response(picture, content_type="image/png")
    answer.headers["Cache-Control"] = "private, no-cache, max-age=0"
    return answer
