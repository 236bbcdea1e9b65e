"""The sample events: every type and state, dated relative to the practice clock."""

from dataclasses import dataclass

AMARA, INGRID, PAWEL, LEILANI, BASHIR, VERA = 3, 4, 5, 6, 7, 9


@dataclass(frozen=True)
class EventPlan:
    """An event to create. Its days are relative to today, its hours are local."""

    title: str
    creator: int
    timezone: str
    first_day: int
    last_day: int
    types: tuple[str, ...]
    hours: tuple[int, int] = (10, 18)
    others: tuple[int, ...] = ()
    wikis: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    meeting_url: str | None = None
    country: str | None = None
    address: str | None = None
    chat_url: str | None = None
    status: str = "open"
    is_test: bool = False
    tracks: bool = False
    deleted: bool = False
    people: int = 0
    opened_before: int = 42
    aggregated: bool = False

    @property
    def online(self) -> bool:
        """Return whether the event has an online meeting."""
        return self.meeting_url is not None or self.country is None


SAMPLE_EVENTS: tuple[EventPlan, ...] = (
    EventPlan(
        title="Event:Women in Science Edit-a-thon",
        creator=AMARA,
        others=(INGRID,),
        timezone="Asia/Kolkata",
        first_day=13,
        last_day=14,
        types=("editing-event", "training-seminar"),
        wikis=("commonswiki", "enwiki", "wikidatawiki"),
        topics=("asia", "biography", "women"),
        meeting_url="https://meet.example.org/women-in-science",
        country="IN",
        address="Indian Institute of Science\nCV Raman Road, Bengaluru 560012",
        chat_url="https://t.me/women_in_science",
        tracks=True,
        people=180,
    ),
    EventPlan(
        title="Event:Nairobi Photo Walk",
        creator=AMARA,
        others=(INGRID,),
        timezone="Africa/Nairobi",
        first_day=54,
        last_day=54,
        hours=(9, 15),
        types=("media-upload-event",),
        wikis=("commonswiki",),
        topics=("africa", "architecture"),
        country="KE",
        address="Nairobi National Museum, Museum Hill Road",
        tracks=True,
        people=120,
    ),
    EventPlan(
        title="Event:Online Backlog Drive",
        creator=AMARA,
        timezone="UTC",
        first_day=-104,
        last_day=21,
        hours=(0, 23),
        types=("backlog-drive",),
        wikis=("*",),
        topics=("education", "history"),
        chat_url="https://chat.example.org/backlog",
        tracks=True,
        people=40,
        opened_before=12,
    ),
    EventPlan(
        title="Event:Sandbox of Amara",
        creator=AMARA,
        timezone="Europe/Berlin",
        first_day=30,
        last_day=30,
        types=("other",),
        is_test=True,
    ),
    EventPlan(
        title="Event:Taller de bibliotecas Buenos Aires",
        creator=AMARA,
        timezone="America/Argentina/Buenos_Aires",
        first_day=-113,
        last_day=-113,
        hours=(10, 17),
        types=("workshop", "training-seminar"),
        wikis=("practicewiki",),
        topics=("education",),
        country="AR",
        address="Biblioteca Nacional, Agüero 2502",
        chat_url="https://chat.example.org/ba",
        people=90,
        aggregated=True,
    ),
    EventPlan(
        title="Event:Closed Meetup Kraków",
        creator=AMARA,
        timezone="Europe/Warsaw",
        first_day=9,
        last_day=9,
        hours=(17, 20),
        types=("meetup",),
        country="PL",
        address="Rynek Główny 25, Kraków",
        status="closed",
        people=35,
    ),
    EventPlan(
        title="Event:Cancelled Conference",
        creator=AMARA,
        timezone="Europe/Paris",
        first_day=70,
        last_day=72,
        types=("conference",),
        meeting_url="https://meet.example.org/conference",
        deleted=True,
        people=24,
    ),
    EventPlan(
        title="Event:Autumn Contest",
        creator=AMARA,
        timezone="Europe/Berlin",
        first_day=-12,
        last_day=18,
        hours=(0, 23),
        types=("contest",),
        wikis=("enwiki", "practicewiki"),
        topics=("africa", "biology", "music"),
        chat_url="https://t.me/autumn_contest",
        tracks=True,
        people=60,
        opened_before=20,
    ),
    EventPlan(
        title="Event:Hackathon São Paulo",
        creator=AMARA,
        timezone="America/Sao_Paulo",
        first_day=-3,
        last_day=-1,
        types=("hackathon",),
        country="BR",
        address="Rua Augusta 1000, São Paulo",
        people=45,
    ),
    EventPlan(
        title="Event:編集大会 / वीकिमीडिया उत्सव & “Quotes” — été",
        creator=AMARA,
        timezone="Asia/Tokyo",
        first_day=48,
        last_day=50,
        hours=(9, 21),
        types=("editing-event",),
        wikis=("enwiki", "frwiki"),
        topics=("asia", "literature"),
        meeting_url="https://例え.example.org/会議",
        country="JP",
        address="東京都千代田区\n1-1-1",
        tracks=True,
        people=30,
    ),
    EventPlan(
        title="Practice Wiki:Community Call",
        creator=AMARA,
        timezone="Europe/London",
        first_day=4,
        last_day=4,
        hours=(18, 19),
        types=("meetup",),
        meeting_url="https://meet.example.org/call",
        people=12,
    ),
    EventPlan(
        title="Event:ورشة تحرير القاهرة",
        creator=INGRID,
        timezone="Africa/Cairo",
        first_day=20,
        last_day=21,
        types=("workshop",),
        topics=("africa", "art"),
        country="EG",
        address="مكتبة القاهرة الكبرى",
        people=25,
    ),
    EventPlan(
        title="Event:काठमाडौं सम्पदा सप्ताहन्त",
        creator=AMARA,
        others=(INGRID,),
        timezone="+05:45",
        first_day=6,
        last_day=7,
        types=("media-upload-event", "meetup"),
        wikis=("commonswiki",),
        topics=("architecture", "asia", "history"),
        country="NP",
        address="पाटन दरबार क्षेत्र, ललितपुर",
        chat_url="https://chat.example.org/kathmandu",
        people=350,
    ),
    EventPlan(
        title="Event:维基百科编辑松 台北",
        creator=AMARA,
        timezone="Asia/Taipei",
        first_day=27,
        last_day=27,
        hours=(13, 20),
        types=("editing-event",),
        wikis=("commonswiki", "wikidatawiki"),
        topics=("education", "women"),
        country="TW",
        address="臺北市中正區中山南路20號",
        tracks=True,
        people=64,
    ),
    EventPlan(
        title="Event:Encuentro de bibliotecas Ciudad de México",
        creator=AMARA,
        others=(INGRID,),
        timezone="America/Mexico_City",
        first_day=-1,
        last_day=1,
        hours=(9, 19),
        types=("conference", "workshop"),
        topics=("education", "literature", "north-america"),
        meeting_url="https://meet.example.org/encuentro",
        country="MX",
        address="Biblioteca Vasconcelos\nEje 1 Norte, Buenavista",
        people=210,
    ),
    EventPlan(
        title="Event:Berlin GLAM Meetup",
        creator=INGRID,
        others=(AMARA,),
        timezone="Europe/Berlin",
        first_day=1,
        last_day=1,
        hours=(16, 21),
        types=("meetup",),
        country="DE",
        address="Tempelhofer Ufer 23, Berlin",
        people=75,
    ),
    EventPlan(
        title="Event:Wikidata Birthday Party",
        creator=PAWEL,
        timezone="Europe/Warsaw",
        first_day=16,
        last_day=16,
        types=("meetup",),
        meeting_url="https://meet.example.org/birthday",
        people=18,
    ),
    EventPlan(
        title="Event:Village Pump Picnic",
        creator=VERA,
        timezone="Europe/Stockholm",
        first_day=33,
        last_day=33,
        types=("meetup",),
        country="SE",
        people=6,
    ),
    EventPlan(
        title="Event:Honolulu Oral History Day",
        creator=LEILANI,
        timezone="Pacific/Honolulu",
        first_day=22,
        last_day=22,
        types=("training-seminar",),
        meeting_url="https://meet.example.org/oral-history",
        people=8,
    ),
    EventPlan(
        title="Event:Damascus Road Mapathon",
        creator=BASHIR,
        timezone="Asia/Damascus",
        first_day=25,
        last_day=25,
        types=("workshop",),
        people=5,
    ),
)
ODD_NAMES_EVENT = 10
#: The goals by event id, for versions that have goals.
SAMPLE_GOALS = {3: ("total_articles_edited", 400), 8: ("total_edits", 2500)}

EVENTS_OF_SECOND_WIKI: tuple[EventPlan, ...] = (
    EventPlan(
        title="Event:Atelier des Sans pagEs Genève",
        creator=AMARA,
        others=(INGRID,),
        timezone="Europe/Zurich",
        first_day=11,
        last_day=11,
        hours=(14, 18),
        types=("editing-event", "workshop"),
        wikis=("frwiki", "practicefr"),
        topics=("biography", "women"),
        country="CH",
        address="Bibliothèque de Genève, promenade des Bastions 8",
        chat_url="https://chat.example.org/sans-pages",
        tracks=True,
        people=26,
    ),
    EventPlan(
        title="Event:Mois de la contribution Dakar",
        creator=AMARA,
        timezone="Africa/Dakar",
        first_day=-9,
        last_day=24,
        hours=(8, 20),
        types=("contest",),
        wikis=("frwiki",),
        topics=("africa", "history"),
        meeting_url="https://meet.example.org/dakar",
        tracks=True,
        people=48,
        opened_before=25,
    ),
)
