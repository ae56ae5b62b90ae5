"""Every act that is recorded has a name on screen."""

import re
from pathlib import Path

import pourtous
from pourtous.audit.verbs import verb_name

SOURCE = Path(pourtous.__file__).parent
VERB = re.compile(r'"((?:accounts|places|territories|messaging)\.[a-z_]+)"')


def recorded():
    for path in SOURCE.glob("*/operations/*.py"), SOURCE.glob("*/operations.py"):
        for file in path:
            for line in file.read_text().splitlines():
                if "verb" in line:
                    yield from VERB.findall(line)


def test_each_verb_has_a_name():
    verbs = set(recorded())
    assert len(verbs) > 20
    assert sorted(verb for verb in verbs if verb_name(verb) == verb) == []


def test_verbs_made_of_a_state_have_a_name_too():
    made = ["places.published", "places.hidden", "places.closed", "places.absent_keep", "places.absent_close"]
    made += ["places.report_settled", "places.report_dismissed"]
    assert [verb for verb in made if verb_name(verb) == verb] == []
