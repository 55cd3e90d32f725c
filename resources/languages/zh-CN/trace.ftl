# Sentences of the floor trace.
