"""How much each feature counts: for short summaries, and for long ones.

Made by `benchmarks/studies/selection_fit.py`, which says from what; do not edit. Between
the two lengths (in words) weights go with the logarithm of the length.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LONG", "PAIRS", "SENTENCES", "SHORT"]

SHORT, LONG = 60, 230

SENTENCES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "first": (0.0294, 0.0014),
        "second": (-0.0031, 0.0004),
        "inverse place": (0.0205, 0.0107),
        "log place": (-0.0016, -0.0050),
        "relative place": (-0.0035, -0.0240),
        "near the end": (-0.0009, -0.0123),
        "opens a paragraph": (0.0007, -0.0080),
        "log article length": (0.0009, -0.0018),
        "relative article length": (0.0025, -0.0083),
        "log words": (-0.0061, -0.0097),
        "up to ten words": (0.0026, 0.0071),
        "over 45 words": (-0.0173, -0.0234),
        "opens with a pronoun": (-0.0015, -0.0033),
        "speech": (-0.0044, 0.0567),
        "mostly speech": (-0.0029, 0.0271),
        "numbers": (-0.0013, 0.0026),
        "capitals": (0.0328, 0.0030),
        "to the story": (0.0317, 0.0541),
        "to all leads": (0.0197, 0.0065),
        "to its article": (0.0156, 0.0191),
        "to its lead": (0.0121, -0.0036),
        "to other articles": (0.0231, 0.0512),
        "to other leads": (0.0252, 0.0337),
        "to the nearest other lead": (0.0250, 0.0395),
        "central article": (0.0574, -0.1480),
        "nearest retelling": (0.0020, 0.0303),
        "mean retelling": (0.0016, 0.0375),
        "log retellings": (0.0025, 0.0374),
        "words of other articles": (0.0132, 0.0233),
        "frequency of words": (0.0100, 0.0234),
        "log frequency of words": (-0.0011, -0.0075),
        "shared pairs": (0.0175, 0.0642),
        "shared telling pairs": (0.0279, 0.0684),
        "log shared telling pairs": (-0.0001, 0.0007),
        "own title": (0.0281, -0.0087),
        "all titles": (0.0407, 0.0173),
        "always": (-0.0042, 0.1036),
    }
)

PAIRS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "log count": (1.2037, 1.6505),
        "log articles": (-1.9355, -0.8540),
        "share of articles": (1.5643, 0.5315),
        "several articles": (0.5197, 0.4292),
        "log earliest place": (-0.4396, -0.8334),
        "inverse earliest place": (-0.0502, -2.9917),
        "best salience": (6.2954, 0.9566),
        "mean salience": (5.1882, 2.7299),
        "in a first sentence": (-0.0252, 0.9559),
        "in leads": (0.2437, 0.1079),
        "telling": (-0.7589, -0.4817),
        "both telling": (-0.5981, -0.0959),
        "frequency of the first": (0.0163, -0.1225),
        "frequency of the second": (0.1480, -0.0004),
        "articles of the first": (0.9511, 0.3261),
        "articles of the second": (0.8127, 0.3675),
        "bound": (-0.3688, -0.2573),
        "number": (0.2425, -0.0876),
        "always": (-4.4895, -1.2753),
    }
)
