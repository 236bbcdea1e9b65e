"""The time zones of countries and of large cities that have no zone of their own name."""

from functools import lru_cache
from importlib import resources

#: Cities by zone, in English: those that people type, and that no zone is named after.
LARGE_CITIES = {
    "Africa/Cairo": ("Alexandria", "Giza"),
    "Africa/Casablanca": ("Rabat", "Marrakesh", "Fes"),
    "Africa/Dar_es_Salaam": ("Dodoma", "Zanzibar"),
    "Africa/Johannesburg": ("Cape Town", "Durban", "Pretoria"),
    "Africa/Lagos": ("Abuja", "Kano", "Ibadan"),
    "Africa/Nairobi": ("Mombasa",),
    "Africa/Accra": ("Kumasi",),
    "America/Argentina/Buenos_Aires": ("Rosario",),
    "America/Bogota": ("Medellín", "Cali"),
    "America/Chicago": ("Houston", "Dallas", "Austin", "New Orleans", "Minneapolis", "St. Louis"),
    "America/Guayaquil": ("Quito",),
    "America/La_Paz": ("Santa Cruz de la Sierra", "Cochabamba", "Sucre"),
    "America/Los_Angeles": ("San Francisco", "Seattle", "San Diego", "Las Vegas", "Portland"),
    "America/Mexico_City": ("Guadalajara", "Puebla"),
    "America/New_York": ("Washington", "Boston", "Philadelphia", "Miami", "Atlanta", "Cleveland"),
    "America/Sao_Paulo": ("Rio de Janeiro", "Brasília", "Belo Horizonte", "Porto Alegre", "Curitiba"),
    "America/Toronto": ("Montreal", "Ottawa", "Quebec"),
    "America/Edmonton": ("Calgary",),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Ho_Chi_Minh": ("Hanoi", "Da Nang"),
    "Asia/Jakarta": ("Bandung", "Surabaya", "Yogyakarta"),
    "Asia/Jerusalem": ("Tel Aviv", "Haifa"),
    "Asia/Karachi": ("Lahore", "Islamabad", "Rawalpindi"),
    "Asia/Kolkata": (
        "Mumbai",
        "Delhi",
        "New Delhi",
        "Bengaluru",
        "Chennai",
        "Hyderabad",
        "Pune",
        "Ahmedabad",
    ),
    "Asia/Dhaka": ("Chittagong",),
    "Asia/Riyadh": ("Jeddah", "Mecca", "Medina"),
    "Asia/Shanghai": ("Beijing", "Guangzhou", "Shenzhen", "Chengdu", "Wuhan", "Tianjin"),
    "Asia/Tokyo": ("Osaka", "Kyoto", "Nagoya", "Sapporo", "Fukuoka"),
    "Asia/Seoul": ("Busan",),
    "Asia/Taipei": ("Kaohsiung", "Taichung", "Tainan"),
    "Asia/Manila": ("Quezon City", "Cebu", "Davao"),
    "Australia/Sydney": ("Canberra",),
    "Europe/Amsterdam": ("Rotterdam", "The Hague", "Utrecht"),
    "Europe/Athens": ("Thessaloniki",),
    "Europe/Berlin": ("Munich", "Hamburg", "Cologne", "Frankfurt", "Stuttgart", "Leipzig", "Dresden"),
    "Europe/Brussels": ("Antwerp", "Ghent"),
    "Europe/Istanbul": ("Ankara", "Izmir"),
    "Europe/Kyiv": ("Kharkiv", "Lviv", "Odesa", "Dnipro"),
    "Europe/London": ("Manchester", "Birmingham", "Glasgow", "Edinburgh", "Cardiff", "Belfast", "Oxford"),
    "Europe/Madrid": ("Barcelona", "Valencia", "Seville", "Bilbao"),
    "Europe/Moscow": ("Saint Petersburg", "St. Petersburg", "Kazan"),
    "Europe/Paris": ("Lyon", "Marseille", "Toulouse", "Lille", "Nantes", "Strasbourg"),
    "Europe/Lisbon": ("Porto",),
    "Europe/Rome": ("Milan", "Naples", "Turin", "Florence", "Bologna", "Venice"),
    "Europe/Stockholm": ("Gothenburg", "Malmö"),
    "Europe/Warsaw": ("Kraków", "Wrocław", "Gdańsk", "Poznań"),
    "Europe/Zurich": ("Geneva", "Bern", "Basel", "Lausanne"),
}


@lru_cache(1)
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country by its code, the one with the most people first."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _coordinates, zone, *_comments = line.split("\t")
            found.setdefault(code, []).append(zone)
    return {code: tuple(zones) for code, zones in found.items()}
