# Sentences of the floor net.
