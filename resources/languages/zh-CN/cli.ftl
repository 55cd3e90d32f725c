# Sentences of the floor cli.
