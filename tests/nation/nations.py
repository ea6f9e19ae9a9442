"""Nations for the tests, from text."""

from glasstown.files import load, read_text
from glasstown.nation import Nation, problems

HEAD = """nation: test
citizens: 30_000
communities:
  size: 100
  kinds: {hall: {share: 60%}, street: {share: 40%}}
regions: {north: {share: 25%}, south: {share: 75%}}
"""

ALL_WAYS = (
    HEAD
    + """
traits:
  wealthy: {of: community, given: [kind], table: {hall: {share: 20%}, street: {share: 70%}}}
  age: {values: {young: 30%, middle: 45%, old: 25%}, ordered: yes}
  votes: {given: [kind, age], table: {"hall, young": {share: 12.5%}, else: {share: 80%}}}
  member: {share: 7%}
  wage: {numbers: {-3: 20%, 10: 50%, 7: 30%}, scale: 10}
  height: {normal: {mean: 1.5, sd: 2.5, low: -6, high: 9}, scale: 2}
  luck: {range: {low: -5, high: 94}}
  work: {given: [age], table: {young: {values: {idle: 80%, busy: 20%}},
                               else: {values: {busy: 60%, idle: 40%}}}}
  debts: {given: [work], table: {idle: {numbers: {0: 100%}}, busy: {numbers: {2: 50%, 1: 50%}}}}
joints:
  together:
    traits: [member, age]
    interactions: [{if: member and age == young, odds: 0.25}]
    margins: [{traits: [member, age], shares: {"yes, old": 3%}}]
"""
)


def nation(text: str) -> Nation:
    """The nation of a text, which must be in order."""
    document = read_text(text, "nation.yaml")
    read = load(Nation, document)
    assert problems(read, document) == []
    return read
