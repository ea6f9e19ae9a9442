"""What a run leaves behind: the ledger, the manifest, and the run folder that holds them."""

from glasstown.records.digest import run_digest as run_digest
from glasstown.records.folder import Reservation as Reservation
from glasstown.records.folder import reopen as reopen
from glasstown.records.folder import reserve as reserve
from glasstown.records.ledger import EVERYONE as EVERYONE
from glasstown.records.ledger import Ledger as Ledger
from glasstown.records.making import Making as Making
from glasstown.records.making import Month as Month
from glasstown.records.manifest import FILES as FILES
from glasstown.records.manifest import FORMAT as FORMAT
from glasstown.records.manifest import MANIFEST as MANIFEST
from glasstown.records.manifest import REPORT as REPORT
from glasstown.records.manifest import Manifest as Manifest
from glasstown.records.places import how_far_at as how_far_at
from glasstown.records.read import Record as Record
from glasstown.records.read import read_manifest as read_manifest
from glasstown.records.read import read_record as read_record
from glasstown.records.read import wrong_files as wrong_files
from glasstown.records.signals import Signals as Signals
from glasstown.records.spots import Spot as Spot
from glasstown.records.spots import named as named
from glasstown.records.spots import spot as spot
from glasstown.records.store import FileEntry as FileEntry
