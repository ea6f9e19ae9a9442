"""Values to instructions: each in rows of its own kind."""

from __future__ import annotations

from typing import final

from glasstown.compiler.codes import Kind
from glasstown.compiler.commons import common
from glasstown.compiler.flags import flag
from glasstown.compiler.nodes import Node
from glasstown.compiler.shorts import short
from glasstown.compiler.steps import AbstractLowered
from glasstown.compiler.words import word


@final
class Lowered(AbstractLowered):
    """The steps of a graph, in rows of all four kinds."""

    def _operation(self, node: Node, kind: Kind) -> int:
        match kind:
            case Kind.COMMON:
                return common(self, node)
            case Kind.FLAG:
                return flag(self, node)
            case Kind.SHORT:
                return short(self, node)
            case Kind.WORD:
                return word(self, node)
