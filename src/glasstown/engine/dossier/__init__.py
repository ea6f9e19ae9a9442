"""The dossier of one invented citizen: the life lived again by the reference, and told."""

from glasstown.engine.dossier.model import Account as Account
from glasstown.engine.dossier.model import Dossier as Dossier
from glasstown.engine.dossier.model import Entry as Entry
from glasstown.engine.dossier.model import Month as Month
from glasstown.engine.dossier.model import Row as Row
from glasstown.engine.dossier.model import ScoreChange as ScoreChange
from glasstown.engine.dossier.nearest import Change as Change
from glasstown.engine.dossier.nearest import Nearest as Nearest
from glasstown.engine.dossier.tell import Teller as Teller
from glasstown.engine.dossier.tell import dossier as dossier
