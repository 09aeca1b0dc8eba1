"""Units of measure and currencies: how news writes them, and what one is in terms of another.

A unit's name is what stands in `Claim.unit`: a symbol ("km²", "kg", "%"), an ISO code for a named
currency ("HKD"), "$" for dollars of no named country, or an English word ("year", "barrel").
"""

from fractions import Fraction

__all__ = [
    "ATTACHED_FORMS",
    "CURRENCY_PREFIXES",
    "UNIT_FORMS",
    "convert",
    "is_measure",
    "same_unit",
]

# name: (dimension, size in the dimension's base unit, spellings after a number).
# Sizes are the exact legal definitions (international yard and pound, ISO 80000).
_MEASURES: dict[str, tuple[str, str, str]] = {
    "mm": ("length", "0.001", "mm|millimeter|millimetre"),
    "cm": ("length", "0.01", "cm|cms|centimeter|centimetre"),
    "m": ("length", "1", "metre|meter"),
    "km": ("length", "1000", "km|kms|kilometer|kilometre"),
    "inch": ("length", "0.0254", "inch|inches|″"),
    "foot": ("length", "0.3048", "ft|foot|feet"),
    "yard": ("length", "0.9144", "yd|yds|yard"),
    "mile": ("length", "1609.344", "mile"),
    "nautical mile": ("length", "1852", "nautical mile"),
    "light-year": ("length", "9460730472580800", "light-year|light year"),
    "m²": ("area", "1", "m²|m2|sqm|sq m|sq meter|sq metre|square meter|square metre"),
    "km²": ("area", "1000000", "km²|km2|sq km|square km|square kilometer|square kilometre"),
    "square foot": ("area", "0.09290304", "sq ft|square foot|square feet"),
    "square mile": ("area", "2589988.110336", "sq mile|sq mi|square mile"),
    "hectare": ("area", "10000", "ha|hectare"),
    "acre": ("area", "4046.8564224", "acre"),
    "mg": ("mass", "0.000001", "mg|milligram"),
    "g": ("mass", "0.001", "gram|gramme|grams"),
    "kg": ("mass", "1", "kg|kgs|kilo|kilogram|kilogramme"),
    "tonne": ("mass", "1000", "tonne|metric ton"),
    "lb": ("mass", "0.45359237", "lb|lbs"),
    "ounce": ("mass", "0.028349523125", "oz|ounce"),
    "stone": ("mass", "6.35029318", "stone"),
    "ml": ("volume", "0.001", "ml|mL|millilitre|milliliter"),
    "litre": ("volume", "1", "litre|liter"),
    "gallon": ("volume", "3.785411784", "gallon"),
    "cubic metre": ("volume", "1000", "m³|m3|cubic metre|cubic meter"),
    "cubic foot": ("volume", "28.316846592", "cubic foot|cubic feet"),
    "km/h": ("speed", "1", "km/h|km/hr|kph|kmh|kilometers per hour|kilometres per hour"),
    "mph": ("speed", "1.609344", "mph|m.p.h.|miles per hour|miles an hour"),
    "knot": ("speed", "1.852", "knot"),
    "second": ("time", "1", "second|sec|secs"),
    "minute": ("time", "60", "minute|min|mins"),
    "hour": ("time", "3600", "hour|hr|hrs"),
    "day": ("time", "86400", "day"),
    "week": ("time", "604800", "week"),
    "fortnight": ("time", "1209600", "fortnight"),
    "month": ("months", "1", "month"),
    "year": ("months", "12", "year|yr|yrs"),
    "decade": ("months", "120", "decade"),
    "century": ("months", "1200", "century|centuries"),
    "%": ("share", "0.01", "%|percent|per cent|pc|pct"),
    "percentage point": ("points", "1", "percentage point|percent point|pp"),
    "basis point": ("points", "0.01", "basis point|bp|bps"),
    "W": ("power", "1", "watt"),
    "kW": ("power", "1000", "kW|kilowatt"),
    "MW": ("power", "1000000", "MW|megawatt"),
    "GW": ("power", "1000000000", "GW|gigawatt"),
    "MB": ("data", "0.001", "MB|megabyte"),
    "GB": ("data", "1", "GB|gigabyte"),
    "TB": ("data", "1000", "TB|terabyte"),
}  # fmt: skip

# Measures that are only compared by name.
_PLAIN: dict[str, str] = {
    "°C": "°C|degC|deg C|degrees Celsius|degree Celsius|degrees C|Celsius|degrees centigrade",
    "°F": "°F|degF|deg F|degrees Fahrenheit|degree Fahrenheit|degrees F|Fahrenheit",
    "degree": "degree|°",
    "hp": "hp|bhp|horsepower|HP",
    "barrel": "barrel",
    "kWh": "kWh|kilowatt-hour|kilowatt hour",
    "MWh": "MWh|megawatt-hour|megawatt hour",
    "mpg": "mpg|miles per gallon",
    "Hz": "Hz|HZ|hertz",
    "kHz": "kHz|kilohertz",
    "MHz": "MHz|megahertz",
    "GHz": "GHz|gigahertz",
    "rpm": "rpm",
    "dB": "dB|decibel",
    "μm": "μm|µm|micron",
    "nm": "nm|nanometer|nanometre",
    "calorie": "calorie|Calorie|kcal",
    "Mbps": "Mbps|megabits per second",
    "Nm": "Nm",
    "lb-ft": "lb-ft|pound-feet|pound-foot",
    "ksi": "ksi",
    "MPa": "MPa",
    "ppb": "ppb",
    "ppm": "ppm",
    "ton": "ton",
    "pound": "pound",
    "EUR": "euro|€",
    "$": "dollar|buck",
    "USD": "U.S. dollar|US dollar|American dollar",
    "AUD": "Australian dollar",
    "CAD": "Canadian dollar",
    "GBP": "pound sterling|pounds sterling|British pound|quid",
    "JPY": "yen|¥",
    "CNY": "yuan|renminbi",
    "INR": "rupee",
    "RUB": "ruble|rouble",
    "ILS": "shekel",
    "CHF": "Swiss franc",
    "DKK": "Danish crown|Danish kroner",
    "SEK": "Swedish krona|Swedish kronor|Swedish crown",
    "NOK": "Norwegian krone|Norwegian kroner|Norwegian crown",
    "TRY": "Turkish lira",
    "MYR": "ringgit",
    "THB": "baht",
    "ZAR": "rand",
    "NGN": "naira",
    "PLN": "zloty|zlotys",
    "UAH": "hryvnia",
    "BRL": "reais",
    "peso": "peso",
    "dinar": "dinar",
    "dirham": "dirham",
    "riyal": "riyal|rial",
    "cent": "cent|¢",
    "penny": "penny|pence",
}

# Symbols that are only read when they touch the number: "5m" but not "5 m".
ATTACHED_FORMS: dict[str, str] = {
    "g": "g",
    "l": "litre",
    "L": "litre",
    "W": "W",
    "V": "V",
    "h": "hour",
    "s": "second",
    "p": "penny",
    "c": "cent",
    "t": "tonne",
    "°C": "°C",
    "C": "°C",
    "F": "°F",
    "x": "time",
    "in": "inch",
}

CURRENCY_PREFIXES: dict[str, str] = {
    "$": "$",
    "US$": "USD", "$US": "USD", "USD": "USD", "US": "USD",
    "HK$": "HKD", "HKD": "HKD",
    "A$": "AUD", "AU$": "AUD", "$A": "AUD", "AUD": "AUD",
    "C$": "CAD", "CA$": "CAD", "$C": "CAD", "CAD": "CAD", "Can$": "CAD",
    "NZ$": "NZD", "NZD": "NZD", "S$": "SGD", "SGD": "SGD", "NT$": "TWD",
    "R$": "BRL", "BRL": "BRL",
    "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "¥": "JPY", "JPY": "JPY", "CNY": "CNY", "RMB": "CNY", "Rmb": "CNY",
    "₹": "INR", "Rs": "INR", "Rs.": "INR", "INR": "INR",
    "₽": "RUB", "RUB": "RUB", "₩": "KRW", "KRW": "KRW", "₪": "ILS", "ILS": "ILS",
    "₺": "TRY", "₦": "NGN", "₴": "UAH", "RM": "MYR", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK",
    "DKK": "DKK", "ZAR": "ZAR", "SFr": "CHF", "PLN": "PLN", "THB": "THB", "฿": "THB", "₱": "PHP",
    "₫": "VND", "MXN": "MXN", "Rp": "IDR",
}  # fmt: skip

_DOLLARS = {"$", "USD", "HKD", "AUD", "CAD", "NZD", "SGD", "TWD"}


def _spellings() -> dict[str, str]:
    forms: dict[str, str] = {}
    written = [(name, spec[2]) for name, spec in _MEASURES.items()]
    for name, spelled in [*written, *_PLAIN.items()]:
        for form in spelled.split("|"):
            forms[form] = name
            if len(form) > 2 and form.isascii() and form[-1].isalpha() and form.islower():
                forms.setdefault(f"{form}s", name)
                forms.setdefault(form.capitalize(), name)
            if len(form) > 3 and form[0].isupper() and " " in form:
                forms.setdefault(f"{form}s", name)
    codes = {code: code for code in CURRENCY_PREFIXES.values() if len(code) == 3}
    return {**codes, "£": "GBP", "US$": "USD", "times": "time", **forms}


# Every spelling after a number (spaces single) with its unit.
UNIT_FORMS: dict[str, str] = _spellings()


def is_measure(unit: str) -> bool:
    """Whether `unit` is a unit of measure or a currency, not a counted noun."""
    return unit in _MEASURES or unit in _PLAIN or unit in CURRENCY_PREFIXES.values()


def same_unit(one: str, other: str) -> bool:
    """Whether two units may mean the same: "$" is any dollar, a pound is money or weight."""
    if one == other:
        return True
    pair = {one, other}
    if "$" in pair and pair <= _DOLLARS:
        return True
    return pair in ({"pound", "GBP"}, {"pound", "lb"}, {"ton", "tonne"}, {"degree", "°C"},
                    {"degree", "°F"})  # fmt: skip


def convert(value: Fraction, unit: str, wanted: str) -> Fraction | None:
    """`value` of `unit` expressed in `wanted`; None where the two do not measure the same."""
    if {unit, wanted} == {"°C", "°F"}:
        return value * 9 / 5 + 32 if unit == "°C" else (value - 32) * 5 / 9
    unit, wanted = ({"pound": "lb", "ton": "tonne"}.get(name, name) for name in (unit, wanted))
    if unit not in _MEASURES or wanted not in _MEASURES:
        return None
    dimension, size, _ = _MEASURES[unit]
    other, other_size, _ = _MEASURES[wanted]
    return value * Fraction(size) / Fraction(other_size) if dimension == other else None
