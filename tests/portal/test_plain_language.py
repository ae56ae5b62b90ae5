"""Public French is easy to read: short sentences, common words. The figure is a guard, not a proof."""

import pytest

from tests.portal.conftest import addresses
from tests.portal.reading import LONGEST, ease, sentences, words

LEGAL = {"accessibility", "legal"}  # said in the words the law gives
EASY = 80
ENOUGH = 3  # under three sentences, the formula says nothing


@pytest.mark.usefixtures("town")
def test_every_public_page_is_easy_to_read(client, place, report):
    scores, long_ones = {}, []
    for name, address in addresses(place, report).items():
        if name in LEGAL:
            continue
        lines = sentences(client.get(address).content.decode())
        scores[name] = round(ease(lines)) if len(lines) >= ENOUGH else EASY
        long_ones += [(name, len(words(line)), line) for line in lines if len(words(line)) > LONGEST]
    hard = {name: score for name, score in scores.items() if score < EASY}
    assert long_ones == []
    assert hard == {}


def test_a_page_of_the_administration_would_not_pass():
    hard = "La présente procédure dématérialisée nécessite préalablement l'identification du bénéficiaire potentiel."
    assert ease([hard]) < EASY
