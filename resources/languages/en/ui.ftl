# Sentences of the floor ui.
