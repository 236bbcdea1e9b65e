"""`meta=siteinfo` of the action API."""

from collections.abc import Callable, Mapping
from typing import Any

from app.practice.ground.sites import Site
from app.practice.ground.special_page_names import INVITATION_PAGES, special_page_aliases
from app.practice.ground.timestamps import iso
from app.practice.ground.titles import CANONICAL_NAMES, namespace_aliases, namespaces
from app.practice.ground.versions import Version
from app.practice.http.api_parameters import chosen
from app.practice.identity.rights import group_rights
from app.practice.login.temporary_accounts import MATCH_PATTERNS
from app.practice.wiki import PracticeWiki

# Values of `siprop` that exist in MediaWiki, and that are left out here without a warning.
_LEFT_OUT = (
    "autopromote autopromoteonce clientlibraries copyuploaddomains dbrepllag defaultoptions extensiontags"
    " fileextensions functionhooks interwikimap languages languagevariants libraries magicwords protocols"
    " restrictions showhooks skins uploaddialog variables"
)


def site_info(wiki: PracticeWiki, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Answer `meta=siteinfo` with the parts that `siprop` requests."""
    parts: dict[str, Callable[[], Any]] = {
        "general": lambda: _general(wiki),
        "namespaces": lambda: _namespaces(wiki.site),
        "namespacealiases": lambda: [
            {"id": number, "alias": name} for number, name in namespace_aliases(wiki.site)
        ],
        "extensions": lambda: _extensions(wiki),
        "usergroups": lambda: _user_groups(wiki.version),
        "statistics": lambda: _statistics(wiki),
        "autocreatetempuser": lambda: {"enabled": True, "matchPatterns": list(MATCH_PATTERNS)},
        "rightsinfo": lambda: {"url": "", "text": ""},
        "specialpagealiases": lambda: _special_pages(wiki),
    }
    wanted = chosen("siteinfo", parameters, "siprop", (*parts, *_LEFT_OUT.split()), "general")
    return {name: parts[name]() for name in wanted if name in parts}


def _statistics(wiki: PracticeWiki) -> dict[str, int]:
    connection, home = wiki.store.read(), (wiki.site.wiki_id,)
    pages, articles = connection.execute(
        "SELECT count(*), coalesce(sum(namespace = 0), 0) FROM pages WHERE wiki = ?", home
    ).fetchone()
    edits, editors = connection.execute(
        "SELECT count(*), count(DISTINCT r.user_id) FROM revisions r JOIN pages p ON p.page_id = r.page_id"
        " WHERE p.wiki = ?",
        home,
    ).fetchone()
    people, admins = connection.execute(
        "SELECT count(*), coalesce(sum(groups LIKE '%sysop%'), 0) FROM users"
    ).fetchone()
    numbers = {"pages": pages, "articles": articles, "edits": edits, "images": 0}
    return {**numbers, "users": people, "activeusers": editors, "admins": admins, "jobs": 0}


def _general(wiki: PracticeWiki) -> dict[str, Any]:
    return {
        "mainpage": "Main Page",
        "base": f"{wiki.base_url}/wiki/Main_Page",
        "sitename": wiki.site.name,
        "mainpageisdomainroot": False,
        "logo": f"{wiki.base_url}/resources/assets/change-your-logo.svg",
        "generator": wiki.version.generator,
        "phpversion": "8.2.36",
        "phpsapi": "fpm-fcgi",
        "dbtype": "sqlite",
        "dbversion": "3",
        "imagewhitelistenabled": False,
        "langconversion": True,
        "linkconversion": True,
        "titleconversion": True,
        "linkprefixcharset": "",
        "linkprefix": "",
        "linktrail": "/^([a-z]+)(.*)$/sD",
        "legaltitlechars": " %!\"$&'()*,\\-.\\/0-9:;=?@A-Z\\\\^_`a-z~\\x80-\\xFF+",
        "invalidusernamechars": "@:>=",
        "allunicodefixes": False,
        "case": "first-letter",
        "lang": wiki.site.language,
        "fallback": [],
        "rtl": False,
        "fallback8bitEncoding": "windows-1252",
        "readonly": False,
        "writeapi": True,
        "maxarticlesize": 2097152,
        "timezone": "UTC",
        "timeoffset": 0,
        "articlepath": "/wiki/$1",
        "scriptpath": "",
        "script": "/index.php",
        "variantarticlepath": False,
        "server": wiki.base_url,
        "servername": "127.0.0.1",
        "wikiid": wiki.site.wiki_id,
        "time": iso(wiki.clock.stamp()),
        "misermode": False,
        "uploadsenabled": False,
        "maxuploadsize": 104857600,
        "minuploadchunksize": 1024,
        **_image_sizes(),
        "favicon": f"{wiki.base_url}/favicon.ico",
        "centralidlookupprovider": "CentralAuth" if wiki.settings.family else "local",
        "allcentralidlookupproviders": ["local", *(["CentralAuth"] if wiki.settings.family else [])],
        "interwikimagic": True,
        "magiclinks": {"ISBN": False, "PMID": False, "RFC": False},
        "categorycollation": "uppercase",
        "nofollowlinks": True,
        "nofollownsexceptions": [],
        "nofollowdomainexceptions": ["mediawiki.org"],
        "externallinktarget": False,
    }


def _image_sizes() -> dict[str, Any]:
    return {
        "galleryoptions": {
            "imagesPerRow": 0,
            "imageWidth": 120,
            "imageHeight": 120,
            "captionLength": True,
            "showBytes": True,
            "showDimensions": True,
            "mode": "traditional",
        },
        "thumblimits": {str(place): size for place, size in enumerate((120, 150, 180, 200, 250, 300))},
        "imagelimits": {
            str(place): {"width": width, "height": height}
            for place, (width, height) in enumerate(
                ((320, 240), (640, 480), (800, 600), (1024, 768), (1280, 1024), (2560, 2048))
            )
        },
    }


def _special_pages(wiki: PracticeWiki) -> list[dict[str, Any]]:
    aliases = special_page_aliases(wiki.site)
    if wiki.version.makes_invitation_lists:
        aliases |= {page: (page,) for page in INVITATION_PAGES}
    return [{"realname": page, "aliases": list(names)} for page, names in aliases.items()]


def _namespaces(site: Site) -> dict[str, Any]:
    spaces: dict[str, Any] = {}
    for number, name in namespaces(site).items():
        space: dict[str, Any] = {
            "id": number,
            "case": "first-letter",
            "name": name,
            "subpages": number not in (-2, -1, 0, 6, 14),
            "content": number == 0,
            "nonincludable": False,
        }
        if name:
            space["canonical"] = CANONICAL_NAMES[number]
        if name == "MediaWiki":
            space["namespaceprotection"] = "editinterface"
        spaces[str(number)] = space
    return spaces


def _extensions(wiki: PracticeWiki) -> list[dict[str, Any]]:
    added = [_extension("other", "WikimediaCampaignEvents", "wikimediacampaignevents-desc")]
    of_families = [
        _extension("specialpage", "CentralAuth", "centralauth-desc"),
        _extension("specialpage", "SiteMatrix", "sitematrix-desc", "1.4.0"),
    ]
    return [
        _extension("skin", "Vector", "vector-skin-desc", "1.0.0"),
        _extension("other", "OAuth", "mwoauth-desc", "1.1.0"),
        _extension("other", "WikimediaMessages", "wikimediamessages-desc"),
        _extension("specialpage", "CampaignEvents", "campaignevents-desc"),
        *(added if wiki.settings.wikimedia else []),
        *(of_families if wiki.settings.family else []),
    ]


def _extension(kind: str, name: str, description: str, version: str | None = None) -> dict[str, Any]:
    entry = {
        "type": kind,
        "name": name,
        "descriptionmsg": description,
        "author": "",
        "url": f"https://www.mediawiki.org/wiki/Extension:{name}",
        "license-name": "GPL-2.0-or-later",
        "license": f"/wiki/Special:Version/License/{name}",
    }
    if version:
        entry["version"] = version
    if kind == "skin":
        entry["namemsg"] = "vector-specialversion-name"
    return entry


def _user_groups(version: Version) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for name, rights in group_rights(version).items():
        group: dict[str, Any] = {"name": name, "rights": list(rights)}
        if name == "sysop":
            group.update({"add": ["event-organizer"], "remove": ["event-organizer"]})
        groups.append(group)
    return groups
