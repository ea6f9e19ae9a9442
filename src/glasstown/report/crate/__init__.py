"""A run as an RO-Crate: its files, the world's files, its description, and metadata on them all."""

from glasstown.report.crate.asked import Asked as Asked
from glasstown.report.crate.asked import asked as asked
from glasstown.report.crate.pack import pack as pack
