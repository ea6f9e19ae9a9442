"""What Python's parser would call "invalid syntax", said plainly: brackets, gaps, order, depth."""

from dataclasses import dataclass, field

from glasstown.expr.error import ExprError, quote
from glasstown.expr.tokens import Token

DEPTH = 40

_CLOSES = {"(": ")", "[": "]", "{": "}"}
_TIGHT = frozenset({"==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "in", "not in"})


def too_deep(column: int = 0) -> ExprError:
    """Return the error for an expression nested too deep."""
    return ExprError(
        "the expression is nested too deep",
        f"at most {DEPTH} levels of brackets and operators",
        "split it into several rules, or remove brackets that are not needed",
        column=column,
    )


@dataclass
class _Reader:
    """Where the reading of the tokens stands."""

    brackets: list[Token] = field(default_factory=list)
    prefixes: list[int] = field(default_factory=lambda: [0])  # of not and -, for each bracket
    previous: Token | None = None

    def read(self, token: Token) -> None:
        """Take the next token, or raise what is wrong with it there."""
        if self._wants_operand():
            self._operand(token)
        else:
            self._operator(token)
        self.previous = token

    def _wants_operand(self) -> bool:
        return self.previous is None or self.previous.kind in ("operator", "unary", "open", "comma")

    def _operand(self, token: Token) -> None:
        previous = self.previous
        if token.kind == "unary" or token.source in ("+", "-"):
            tight = previous is not None and previous.source in _TIGHT
            if token.kind == "unary" and tight:
                raise ExprError(
                    "`not` cannot stand there",
                    "after a comparison or an arithmetic sign it needs brackets",
                    "put brackets around it: `a == (not b)`",
                    column=token.column,
                )
            self.prefixes[-1] += 1
            self._check_depth(token)
        elif token.kind == "open":
            self.brackets.append(token)
            self.prefixes.append(0)
            self._check_depth(token)
        elif token.kind == "close" and previous is not None and previous.kind in ("open", "comma"):
            self._close(token)
        elif token.kind not in ("name", "number"):
            raise self._gap(token)
        if token.kind in ("name", "number"):
            self.prefixes[-1] = 0

    def _operator(self, token: Token) -> None:
        assert self.previous is not None
        if token.kind in ("name", "number"):
            raise self._adjacent(token)
        if token.kind == "unary":
            raise ExprError(
                "`not` cannot stand there",
                f"there is no operator between {quote(self.previous.source)} and `not`",
                "write `and not`, `or not`, or `!=`",
                column=token.column,
            )
        if token.kind == "open":
            self._follow(token)
        elif token.kind == "close":
            self._close(token)
        elif token.kind == "comma" and not self.brackets:
            raise ExprError(
                "a comma is not used here",
                "commas stand between the arguments of a function and in `x in (a, b)`",
                "join two tests with `and` or `or`",
                column=token.column,
            )
        elif token.kind == "end" and self.brackets:
            opened = self.brackets[-1]
            raise ExprError(
                f"the bracket {quote(opened.source)} is never closed",
                "every bracket that is opened is closed",
                f"add `{_CLOSES[opened.source]}`",
                column=opened.column,
            )

    def _follow(self, token: Token) -> None:
        assert self.previous is not None
        if token.source == "[":
            raise ExprError(
                "square brackets after a name are not used here",
                "nothing is looked up by number or by key",
                "use a function, as in `on(defaulters)`, or a dotted name",
                column=token.column,
            )
        if token.source == "{" or self.previous.kind != "name":
            raise self._adjacent(token)
        self.brackets.append(token)
        self.prefixes.append(0)
        self._check_depth(token)

    def _close(self, token: Token) -> None:
        if not self.brackets:
            raise ExprError(
                f"the bracket {quote(token.source)} was never opened",
                "every bracket that is closed is opened first",
                "remove it, or add the opening bracket",
                column=token.column,
            )
        opened = self.brackets.pop()
        self.prefixes.pop()
        self.prefixes[-1] = 0
        if _CLOSES[opened.source] != token.source:
            raise ExprError(
                f"the bracket {quote(opened.source)} is closed by {quote(token.source)}",
                "a bracket is closed by its own kind",
                f"write `{_CLOSES[opened.source]}`",
                column=token.column,
            )

    def _check_depth(self, token: Token) -> None:
        if len(self.brackets) + sum(self.prefixes) > DEPTH:
            raise too_deep(token.column)

    def _gap(self, token: Token) -> ExprError:
        previous = self.previous
        if token.source == "*" and previous is not None and previous.kind in ("open", "comma"):
            return ExprError(
                "`*` is not used here",
                "a star before a value would spread it into several arguments",
                "write the arguments one by one",
                column=token.column,
            )
        if previous is None:
            what = f"something is missing before {quote(token.source)}"
        elif token.kind == "end":
            what = f"the expression ends too soon, after {quote(previous.source)}"
        else:
            what = (
                f"something is missing between {quote(previous.source)} and {quote(token.source)}"
            )
        return ExprError(
            what,
            "an operator or comma has a value on both sides",
            "add the missing value, or remove the sign",
            column=token.column,
        )

    def _adjacent(self, token: Token) -> ExprError:
        assert self.previous is not None
        for word in (self.previous, token):
            if word.source in ("AND", "OR", "NOT", "IN", "IF", "ELSE"):
                small = word.source.lower()
                return ExprError(
                    f"{quote(word.source)} is not an operator",
                    "operators that are words are written in small letters",
                    f"write `{small}`",
                    small,
                    word.column,
                )
        return ExprError(
            f"there is no operator between {quote(self.previous.source)} and {quote(token.source)}",
            "two values are joined by a comparison, by `+ - * /`, or by `and`, `or`",
            "add the operator; a name of several words is written with `_`",
            column=token.column,
        )


def check_order(tokens: list[Token]) -> None:
    """Raise ``ExprError`` where the tokens are in no order that makes an expression."""
    if tokens[0].kind == "end":
        raise ExprError(
            "the expression is empty", "it says what holds, or how much", "write `yes` for always"
        )
    reader = _Reader()
    for token in tokens:
        reader.read(token)
