"""What the stand-in for YouTube says when it behaves: oEmbed and the Data API v3, in the real one's words."""

import json
import re
from dataclasses import dataclass, field

WATCH = re.compile(r"https://www\.youtube\.com/watch\?v=([A-Za-z0-9_-]{11})")


@dataclass
class Film:
    """A video; `length` as the API writes it, `privacy` one of public, unlisted, private."""

    title: str
    channel: str = "Somebody"
    length: str = "PT4M13S"
    privacy: str = "public"


@dataclass
class Kept:
    """What it has: `films` by id, `lists` of ids by id."""

    films: dict[str, Film] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


class Refusal(Exception):
    """A status, and the API's word for why."""


def oembed(host: Kept, query: dict[str, str]) -> dict:
    """The oEmbed answer for the video at `url`."""
    match = WATCH.fullmatch(query.get("url", ""))
    if not match or query.get("format") != "json":
        raise Refusal(400, "Bad Request")
    film = host.films.get(match[1])
    if film is None:
        raise Refusal(404, "Not Found")
    if film.privacy == "private":
        raise Refusal(401, "Unauthorized")
    return {
        "title": film.title,
        "author_name": film.channel,
        "author_url": f"https://www.youtube.com/@{film.channel}",
        "type": "video",
        "height": 113,
        "width": 200,
        "version": "1.0",
        "provider_name": "YouTube",
        "provider_url": "https://www.youtube.com/",
        "thumbnail_height": 360,
        "thumbnail_width": 480,
        "thumbnail_url": f"https://i.ytimg.com/vi/{match[1]}/hqdefault.jpg",
        "html": f'<iframe width="200" height="113" src="https://www.youtube.com/embed/{match[1]}?feature=oembed"></iframe>',
    }


def playlist_items(host: Kept, query: dict[str, str]) -> dict:
    """A page of a list."""
    ids = host.lists.get(query["playlistId"])
    if ids is None:
        raise Refusal(404, "playlistNotFound")
    first, size = int(query.get("pageToken", "CAAQ0")[4:]), int(query["maxResults"])
    items = [
        {
            "kind": "youtube#playlistItem",
            "etag": "rYzEF0h7nV8aTb6D0w4mJ3fQ5kA",
            "id": f"UEx4{position:08d}",
            "snippet": snippet(host, ref)
            | {"position": position, "resourceId": {"kind": "youtube#video", "videoId": ref}},
            "status": {"privacyStatus": film(host, ref).privacy},
        }
        for position, ref in enumerate(ids[first : first + size], first)
    ]
    more = {"nextPageToken": f"CAAQ{first + size}"} if first + size < len(ids) else {}
    return more | {"items": items, "pageInfo": {"totalResults": len(ids), "resultsPerPage": size}}


def videos(host: Kept, query: dict[str, str]) -> dict:
    """What is known of some videos; those that are private or gone are left out."""
    ids = query["id"].split(",")
    if len(ids) > 50:
        raise Refusal(400, "invalidFilters")
    seen = [ref for ref in ids if film(host, ref).privacy != "private"]
    details = {"dimension": "2d", "definition": "hd", "caption": "false", "licensedContent": True}
    return {
        "items": [
            {"kind": "youtube#video", "id": ref, "contentDetails": {"duration": film(host, ref).length, **details}}
            for ref in seen
        ]
    }


def search(host: Kept, query: dict[str, str]) -> dict:
    """The videos in whose title the words stand; titles are in HTML, as in the real answer."""
    words = query["q"].lower()
    ids = [ref for ref, each in host.films.items() if words in each.title.lower()][: int(query["maxResults"])]
    found = [(ref, snippet(host, ref)) for ref in ids]
    return {
        "items": [
            {
                "kind": "youtube#searchResult",
                "id": {"kind": "youtube#video", "videoId": ref},
                "snippet": told | {"title": in_html(told["title"]), "channelTitle": in_html(told["channelTitle"])},
            }
            for ref, told in found
        ]
    }


def in_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;")


def film(host: Kept, ref: str) -> Film:
    """The film; one that was deleted keeps its place in a list."""
    return host.films.get(ref, Film("Deleted video", privacy="privacyStatusUnspecified"))


def snippet(host: Kept, ref: str) -> dict:
    sizes = {"default": 120, "medium": 320, "high": 480, "standard": 640, "maxres": 1280}
    return {
        "publishedAt": "2024-10-25T06:57:33Z",
        "channelId": "UCuAXFkgsw1L7xaCfnd5JJOw",
        "title": film(host, ref).title,
        "description": "What the film is about, and where else to find us.\n" * 12,
        "channelTitle": film(host, ref).channel,
        "thumbnails": {
            name: {"url": f"https://i.ytimg.com/vi/{ref}/{name}.jpg", "width": width, "height": width * 9 // 16}
            for name, width in sizes.items()
        },
    }


def select(value, fields: str):
    """The part of an answer that `fields` names, as `a,items(b,c/d)`."""
    if isinstance(value, list):
        return [select(each, fields) for each in value]
    kept = {}
    for name, inner, below in re.findall(r"(\w+)(?:\(((?:[^()]|\([^()]*\))*)\)|/(\w+))?", fields):
        if name in value:
            kept[name] = select(value[name], inner or below) if inner or below else value[name]
    return kept


def error(status: int, reason: str) -> bytes:
    """An error as the API words it."""
    errors = [{"message": f"It cannot be: {reason}.", "domain": "youtube", "reason": reason}]
    return json.dumps({"error": {"code": status, "message": errors[0]["message"], "errors": errors}}).encode()


PATHS = {"playlistItems": playlist_items, "videos": videos, "search": search}
