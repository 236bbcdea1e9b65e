"""`action=sitematrix` of the action API: the wikis of the family by language.

The shape is from the source of the SiteMatrix extension, not from a recording. The languages have numbers as
keys, next to `count` and `specials`.
"""

from collections.abc import Mapping
from typing import Any

from app.practice.wiki import PracticeWiki

_LANGUAGE_PARTS = "code|name|site|dir|localname"
_SITE_PARTS = "url|dbname|code|sitename"


def site_matrix(wiki: PracticeWiki, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the wikis of the family; none is special, closed or private (CONTRACT §4.12)."""
    of_language = parameters.get("smlangprop", _LANGUAGE_PARTS).split("|")
    of_site = parameters.get("smsiteprop", _SITE_PARTS).split("|")
    matrix: dict[str, Any] = {"count": len(wiki.family)}
    for place, one in enumerate(sorted(wiki.family, key=lambda one: one.site.language)):
        site = {
            "url": one.base_url,
            "dbname": one.site.wiki_id,
            "code": "wiki",
            "lang": one.site.language,
            "sitename": one.site.name,
        }
        language = {
            "code": one.site.language,
            "name": one.site.language_name,
            "site": [{name: site[name] for name in site if name in of_site}],
            "dir": "ltr",
            "localname": one.site.language_name,
        }
        matrix[str(place)] = {name: language[name] for name in language if name in of_language}
    return {"sitematrix": {**matrix, "specials": []}}
