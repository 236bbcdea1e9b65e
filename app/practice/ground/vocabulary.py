"""The allowed values of an event's fields, as the wiki lists them (CONTRACT §3, Values and Questions)."""

from typing import Any

WIKI_ID = "practicewiki"
SITE_NAME = "Practice Wiki"

WIKIS = (WIKI_ID, "enwiki", "frwiki", "commonswiki", "wikidatawiki")
EVENT_TYPES = (
    "editing-event",
    "media-upload-event",
    "backlog-drive",
    "contest",
    "workshop",
    "training-seminar",
    "meetup",
    "hackathon",
    "conference",
    "other",
)
TRACKABLE_TYPES = frozenset(EVENT_TYPES[:4])
STATUSES = ("open", "closed")
GOAL_TYPES = (
    "total_articles_created",
    "total_articles_edited",
    "total_edits",
    "total_bytes_added",
    "total_bytes_removed",
    "total_links_added",
    "total_links_removed",
)

TOPICS = {
    "africa": "Africa",
    "asia": "Asia",
    "central-america": "Central America",
    "north-america": "North America",
    "south-america": "South America",
    "europe": "Europe",
    "oceania": "Oceania",
    "architecture": "Architecture",
    "art": "Art",
    "comics-and-anime": "Comics and anime",
    "entertainment": "Entertainment",
    "fashion": "Fashion",
    "literature": "Literature",
    "music": "Music",
    "performing-arts": "Performing arts",
    "sports": "Sports",
    "tv-and-film": "TV and film",
    "video-games": "Video games",
    "biography": "Biography (all)",
    "business-and-economics": "Business and economics",
    "education": "Education",
    "food-and-drink": "Food and drink",
    "history": "History",
    "military-and-warfare": "Military and warfare",
    "philosophy-and-religion": "Philosophy and religion",
    "politics-and-government": "Politics and government",
    "society": "Society",
    "transportation": "Transportation",
    "women": "Biography (women)",
    "biology": "Biology",
    "chemistry": "Chemistry",
    "computers-and-internet": "Computers and internet",
    "earth-and-environment": "Earth and environment",
    "engineering": "Engineering",
    "general-science": "General science",
    "mathematics": "Mathematics",
    "medicine-and-health": "Medicine and health",
    "physics": "Physics",
    "technology": "Technology",
}

QUESTIONS: dict[int, dict[str, Any]] = {
    1: {
        "name": "gender",
        "type": "radio",
        "label": "What is your gender identity? (optional)",
        "options": {
            "Prefer not to say": 0,
            "Man": 1,
            "Woman": 2,
            "Agender": 3,
            "Non-binary": 4,
            "Gender not listed": 5,
        },
    },
    2: {
        "name": "age",
        "type": "select",
        "label": "What is your age? (optional)",
        "options": {
            "Select age range": 0,
            "Under 25": 1,
            "25–34": 2,
            "35–44": 3,
            "45–54": 4,
            "55–64": 5,
            "65–74": 6,
            "75–84": 7,
            "85+": 8,
        },
    },
    3: {
        "name": "profession",
        "type": "select",
        "label": "What is your profession? (optional)",
        "options": {
            "Select your profession": 0,
            "Artist/creative professional": 1,
            "Educator": 2,
            "Librarian": 3,
            "Mass media professional": 4,
            "Museum or archive professional": 5,
            "Non-profit professional": 6,
            "Researcher": 7,
            "Software engineer": 8,
            "Student": 9,
            "Profession not listed": 10,
        },
    },
    4: {
        "name": "confidence",
        "type": "radio",
        "label": (
            "How confident do you feel contributing to the Wikimedia projects involved in this event?"
            " (optional)"
        ),
        "options": {
            "Prefer not to say": 0,
            "I have never contributed to a Wikimedia project before": 1,
            "I have some experience, but don't feel confident": 2,
            "I have some experience, and feel confident contributing, but would like to learn more": 3,
            "I am confident that I can contribute without any support": 4,
        },
    },
    5: {
        "name": "affiliate",
        "type": "select",
        "label": (
            "Do you belong to any Wikimedia affiliates (chapters, user groups, thematic organizations)?"
            " (optional)"
        ),
        "options": {"Select an option": 0, "Yes": 1, "No": 2},
        "other-options": {"1": {"type": "text", "label": "Please state"}},
    },
}
