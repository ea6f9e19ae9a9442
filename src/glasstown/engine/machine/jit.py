"""How the machine is compiled.

Loops over lanes are free of branches and calls and have one width of whole number throughout, so
that they become vector instructions; `boundscheck` and `fastmath` stay off. Only the entry, into
which all else is compiled, is kept on disk. With NUMBA_DISABLE_JIT=1 the same code runs as plain
Python.
"""

from __future__ import annotations

import numba

# Arrays are only lent to these functions, so none of them counts who refers to one: that would
# cost more than a short instruction does.
jit = numba.njit(nogil=True, error_model="numpy", fastmath=False, _nrt=False)
fused = numba.njit(nogil=True, error_model="numpy", fastmath=False, _nrt=False, forceinline=True)
kept_on_disk = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False, _nrt=False)
