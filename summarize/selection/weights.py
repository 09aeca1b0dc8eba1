"""How much each feature counts: for short summaries, and for long ones.

Made by `benchmarks/studies/selection_fit.py`, which says from what; do not edit.
Between the two lengths, in words, weights go with the logarithm of the length.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LONG", "PAIRS", "SENTENCES", "SHORT"]

SHORT, LONG = 60, 230

SENTENCES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "first": (0.0317, 0.0030),
        "second": (-0.0020, 0.0004),
        "inverse place": (0.0253, 0.0091),
        "log place": (-0.0027, -0.0034),
        "relative place": (-0.0069, -0.0166),
        "near the end": (-0.0044, -0.0094),
        "opens a paragraph": (0.0016, -0.0041),
        "log article length": (0.0002, -0.0011),
        "relative article length": (0.0009, -0.0049),
        "log words": (-0.0033, -0.0097),
        "up to ten words": (0.0014, 0.0097),
        "over 45 words": (-0.0123, -0.0169),
        "opens with a pronoun": (-0.0018, 0.0003),
        "speech": (-0.0029, 0.0463),
        "mostly speech": (-0.0026, 0.0291),
        "numbers": (-0.0003, -0.0008),
        "capitals": (0.0279, 0.0025),
        "to the story": (0.0277, 0.0432),
        "to all leads": (0.0266, 0.0115),
        "to its article": (0.0095, 0.0159),
        "to its lead": (0.0153, 0.0023),
        "to other articles": (0.0271, 0.0516),
        "to other leads": (0.0322, 0.0349),
        "to the nearest other lead": (0.0266, 0.0428),
        "central article": (0.0868, 0.0100),
        "nearest retelling": (0.0051, 0.0321),
        "mean retelling": (0.0055, 0.0393),
        "log retellings": (0.0054, 0.0404),
        "words of other articles": (0.0075, 0.0242),
        "frequency of words": (0.0067, 0.0177),
        "log frequency of words": (0.0002, -0.0066),
        "shared pairs": (0.0112, 0.0612),
        "shared telling pairs": (0.0179, 0.0688),
        "log shared telling pairs": (0.0006, 0.0022),
        "own title": (0.0261, -0.0079),
        "all titles": (0.0324, 0.0078),
        "always": (0.0111, 0.0936),
    }
)

PAIRS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "log count": (1.3316, 1.6579),
        "log articles": (-1.7528, -0.8430),
        "share of articles": (1.6508, 0.5361),
        "several articles": (0.2179, 0.4097),
        "log earliest place": (-0.6518, -0.8450),
        "inverse earliest place": (-1.3268, -3.0190),
        "best salience": (2.4283, 0.9778),
        "mean salience": (9.3273, 2.7015),
        "in a first sentence": (0.2291, 0.9446),
        "in leads": (0.5364, 0.1028),
        "telling": (-0.4605, -0.4798),
        "both telling": (-0.2323, -0.0936),
        "frequency of the first": (-0.0237, -0.1207),
        "frequency of the second": (0.0666, 0.0015),
        "articles of the first": (0.5905, 0.3185),
        "articles of the second": (0.6167, 0.3591),
        "bound": (-0.1545, -0.2597),
        "number": (0.3098, -0.0725),
        "always": (-4.0766, -1.2538),
    }
)
