"""The audit from inside: every citizen lived again, with the scheme and without."""
