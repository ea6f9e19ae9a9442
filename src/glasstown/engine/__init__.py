"""Running worlds: on the machine, by the reference, and one citizen's life again."""
