"""The ODD+D protocol of a world, made from its files: built, then written as Markdown or HTML."""

from glasstown.report.protocol.describe import describe as describe
from glasstown.report.protocol.markdown import markdown as markdown
from glasstown.report.protocol.model import Protocol as Protocol
from glasstown.report.protocol.outline import OUTLINE as OUTLINE
