# Sentences of the floor trace.

trace-panic = Panic: { $what }
trace-program-started = Program { $name } ({ $kind }) started
trace-program-ended = Program ended
trace-thread-started = Thread { $name } started
trace-thread-ended = Thread ended
trace-lane-full = Waited { $took } because its rows came faster than they could be recorded

trace-filter-key = Character { $place } of the filter: { $key } is no key. Keys are { $keys }; put text with a colon into quotation marks.
trace-filter-name = Character { $place } of the filter: { $key } has no { $value }.
trace-filter-nearest = { $what } Did you mean { $nearest }?
trace-filter-value = Character { $place } of the filter: { $value } is no value for { $key }.
trace-filter-hex = Character { $place } of the filter: { $value } is not pairs of hexadecimal digits, such as "00 ff".
trace-filter-socket = Character { $place } of the filter: { $value } is no socket. Sockets are s1, s2, and so on.
trace-filter-missing = Character { $place } of the filter: nothing stands behind { $term }.
trace-filter-quote = Character { $place } of the filter: the quotation mark is not closed.
