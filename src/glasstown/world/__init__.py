"""Worlds: schemes, a nation and a conduct, bound together and checked."""

from glasstown.world.bind import bind as bind
from glasstown.world.bind import world_from_dict as world_from_dict
from glasstown.world.differences import Difference as Difference
from glasstown.world.differences import differences as differences
from glasstown.world.load import load_world as load_world
from glasstown.world.load import names as names
from glasstown.world.load import path as path
from glasstown.world.load import read_world as read_world
from glasstown.world.model import WorldFile as WorldFile
from glasstown.world.world import World as World
