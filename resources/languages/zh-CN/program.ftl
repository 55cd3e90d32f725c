# Sentences of the floor program.
