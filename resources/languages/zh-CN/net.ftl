# Sentences of the floor net.

net-error = { $call }: { $errno }
