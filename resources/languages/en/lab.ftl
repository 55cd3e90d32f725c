# Sentences of the floor lab.
