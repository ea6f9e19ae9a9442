"""The checking of an expression against what is in scope: every error at once."""

from dataclasses import dataclass, field
from fractions import Fraction

from glasstown.errors import nearest
from glasstown.expr.error import ExprError, quote
from glasstown.expr.fold import constant
from glasstown.expr.lookup import is_unknown, listing, missing_function, missing_name, owner
from glasstown.expr.text import text
from glasstown.expr.tree import (
    And,
    Binary,
    Call,
    Compare,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Yes,
)
from glasstown.expr.types import (
    Argument,
    Choice,
    Quantity,
    Scope,
    Signature,
    Symbols,
    Type,
    YesNo,
    choice_of,
    value_in,
)


def check(expr: Expr, scope: Scope, want: Type | None = None) -> tuple[Type, list[ExprError]]:
    """Return the type of an expression, and everything wrong with it, in the order of the text.

    Where errors leave the type open, it is the one wanted.
    """
    checker = _Checker(scope)
    found = checker.type_of(expr) if want is None else checker.expect(expr, want)
    # What a chained comparison or "in" has doubled is reported once.
    once = {(error.column, error.what): error for error in checker.errors}
    return found or want or Quantity(), sorted(once.values(), key=lambda error: error.column)


@dataclass
class _Checker:
    """Collects the errors of one expression; a type of None is unknown, for an error reported."""

    scope: Scope
    errors: list[ExprError] = field(default_factory=list)

    def report(self, at: Expr, what: str, why: str, remedy: str, near: str = "") -> None:
        self.errors.append(ExprError(what, why, remedy, near, at.column))

    def type_of(self, expr: Expr) -> Type | None:
        match expr:
            case Number():
                return Quantity()
            case Yes():
                return YesNo()
            case Name():
                return self._name(expr)
            case Call():
                return self._call(expr)
            case Not(arg):
                self.expect(arg, YesNo())
                return YesNo()
            case And(args) | Or(args):
                for arg in args:
                    self.expect(arg, YesNo())
                return YesNo()
            case Compare():
                self._compare(expr)
                return YesNo()
            case Binary():
                self._binary(expr)
                return Quantity()
            case Negate(arg):
                self.expect(arg, Quantity())
                return Quantity()
            case IfElse(test, then, otherwise):
                self.expect(test, YesNo())
                if choice := choice_of(then, otherwise, self.scope):
                    self.expect(then, choice)
                    self.expect(otherwise, choice)
                    return choice
                found = self.expect(then, Quantity()), self.expect(otherwise, Quantity())
                return YesNo() if found == (YesNo(), YesNo()) else Quantity()

    def expect(self, expr: Expr, want: Type, of: str = "") -> Type | None:
        """Report if the expression is not of the type wanted; ``of`` is what it is compared to."""
        if isinstance(expr, IfElse):
            self.expect(expr.test, YesNo())
            found = self.expect(expr.then, want, of), self.expect(expr.otherwise, want, of)
            return YesNo() if found == (YesNo(), YesNo()) else want
        if isinstance(want, Choice):
            self._expect_choice(expr, want, of)
            return want
        kind = self.type_of(expr)
        if isinstance(kind, Choice):
            self._not_a_choice(expr, kind, want)
            return want
        if kind == Quantity() and want == YesNo():
            positive = text(Compare(">", expr, Number(Fraction(0))))
            self.report(
                expr,
                f"{quote(text(expr))} is a quantity where a yes or no is wanted",
                "only what holds or does not can be tested",
                "write `yes` or `no`" if isinstance(expr, Number) else f"compare it: `{positive}`",
            )
            return want
        return kind

    def _expect_choice(self, expr: Expr, want: Choice, of: str) -> None:
        if value_in(expr, want, self.scope) is not None:
            return
        declared = self.scope.names.get(expr.name) if isinstance(expr, Name) else None
        if declared == want:
            return
        if not isinstance(expr, Name | Number | Yes):
            before = len(self.errors)
            kind = self.type_of(expr)
            if kind is None or kind == want or len(self.errors) > before:
                return
        self.report(
            expr,
            f"{quote(text(expr))} is not a value of {quote(of)}"
            if of
            else f"{quote(text(expr))} is not one of the values wanted here",
            listing("its values" if of else "the values", want.values),
            "write one of the values",
            nearest(text(expr), want.values),
        )

    def _not_a_choice(self, expr: Expr, found: Choice, want: Type) -> None:
        tested = text(Compare("==", expr, Name(found.values[0] if found.values else "a")))
        truth = want == YesNo()
        wanted = "yes or no" if truth else "quantity"
        self.report(
            expr,
            f"{quote(text(expr))} is one of several values where a {wanted} is wanted",
            listing("its values", found.values),
            f"compare it: `{tested}`" + ("" if truth else ", which counts 1 or 0"),
        )

    def _name(self, expr: Name) -> Type | None:
        found = self.scope.names.get(expr.name)
        if found is None:
            self.errors.append(missing_name(expr, self.scope))
        return found

    def _compare(self, expr: Compare) -> None:
        choice = choice_of(expr.left, expr.right, self.scope)
        if choice is None:
            for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
                # A value beside a misspelt choice is not itself in error.
                if not (is_unknown(other, self.scope) and owner(side, self.scope)):
                    self.expect(side, Quantity())
            return
        is_left = choice_of(expr.left, expr.left, self.scope) == choice
        self.expect(expr.left, choice, "" if is_left else text(expr.right))
        self.expect(expr.right, choice, text(expr.left) if is_left else "")
        if expr.op not in ("==", "!=") and not choice.ordered:
            ordered = text(expr.left if is_left else expr.right)
            self.report(
                expr,
                f"{quote(text(expr))} orders values that have no order",
                f"the values of {quote(ordered)} are not ordered",
                "compare with `==` or `!=`, or list the values: `x in (a, b)`",
            )

    def _binary(self, expr: Binary) -> None:
        left = self.expect(expr.left, Quantity())
        right = self.expect(expr.right, Quantity())
        divisor = constant(expr.right)
        if expr.op == "/" and not divisor:
            zero = divisor is not None
            self.report(
                expr,
                f"{quote(text(expr))} divides by {'zero' if zero else 'something that changes'}",
                "a quantity is divided by a constant other than 0",
                "write such a constant" if zero else "compare products instead: `a > 2 * b`",
            )
        changing = (
            kind == Quantity() and constant(side) is None
            for kind, side in ((left, expr.left), (right, expr.right))
        )
        if expr.op == "*" and all(changing):
            cases = isinstance(expr.left, IfElse) or isinstance(expr.right, IfElse)
            self.report(
                expr,
                f"{quote(text(expr))} multiplies two changing quantities",
                "one side of a product is a constant, or a yes or no",
                "write a product in each case: `2 * a if test else a`"
                if cases
                else "multiply by a constant, or by a comparison, which counts 1 or 0",
            )

    def _call(self, expr: Call) -> Type | None:
        signature = self.scope.signature(expr.function)
        if signature is None:
            self.errors.append(missing_function(expr, self.scope))
            for arg in expr.args:
                if not isinstance(arg, Name):  # a bare name may be a symbol of the function meant
                    self.type_of(arg)
            return None
        least, given = len(signature.args), len(expr.args)
        if given < least or (given > least and not signature.repeats):
            some = "at least " if signature.repeats else ""
            self.report(
                expr,
                f"{quote(expr.function)} takes {some}{_count(least)}, and has {given} here",
                "a function has all its arguments, and no more",
                f"write `{signature.usage(expr.function)}`",
            )
        kinds = signature.args + signature.args[-1:] * (given - least) * signature.repeats
        for arg, kind in zip(expr.args, kinds, strict=False):
            self._argument(arg, kind, expr, signature)
        return signature.result

    def _argument(self, arg: Expr, kind: Argument, call: Call, signature: Signature) -> None:
        if kind == "quantity":
            self.expect(arg, Quantity())
        elif kind == "yesno":
            self.expect(arg, YesNo())
        else:
            known = (
                kind.names
                if isinstance(kind, Symbols)
                else tuple(name for name, held in self.scope.names.items() if held == Quantity())
            )
            what = kind.what if isinstance(kind, Symbols) else "quantity"
            if isinstance(arg, Name) and arg.name in known:
                return
            self.report(
                arg,
                f"{quote(text(arg))} is not the name of a {what}",
                listing("those there are", known, short=True) if known else "there is none",
                f"write `{signature.usage(call.function)}`",
                nearest(text(arg), known),
            )


def _count(arguments: int) -> str:
    return "1 argument" if arguments == 1 else f"{arguments} arguments"
