"""Lemmas as edit scripts: `case|cut|add` turns a form into its lemma.

`case` is `l` (lower case), `k` (as written), `t` (first letter capital) or `u` (all capitals); `cut` is how many
characters to drop from the end, `add` what to put there. A cut of `*` replaces the whole form.
"""

from functools import lru_cache


@lru_cache(1 << 17)
def script(form: str, lemma: str) -> str:
    low_form, low_lemma = form.lower(), lemma.lower()
    n = 0
    while n < min(len(low_form), len(low_lemma)) and low_form[n] == low_lemma[n]:
        n += 1
    if n == 0 or len(low_form) != len(form) or len(low_lemma) != len(lemma):
        return f"k|*|{lemma}"
    cut, add = len(form) - n, low_lemma[n:]
    for case in "lktu":
        if apply(form, f"{case}|{cut}|{add}") == lemma:
            return f"{case}|{cut}|{add}"
    return f"k|{cut}|{lemma[n:]}"


def apply(form: str, rule: str) -> str | None:
    """The lemma, or None where the rule does not fit the form."""
    case, cut, add = rule.split("|", 2)
    if cut == "*":
        return add
    keep = len(form) - int(cut)
    if keep < 0 or keep + len(add) == 0:
        return None
    out = form[:keep] + add
    if case == "l":
        return out.lower()
    if case == "t":
        return out[:1].upper() + out[1:].lower()
    if case == "u":
        return out.upper()
    return out
