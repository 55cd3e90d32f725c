# Sentences of the floor trace.

trace-panic = Panic: { $what }
trace-program-started = Program { $name } ({ $kind }) started
trace-program-ended = Program ended
trace-thread-started = Thread { $name } started
trace-thread-ended = Thread ended
trace-lane-full = Waited { $took } because its rows came faster than they could be recorded
