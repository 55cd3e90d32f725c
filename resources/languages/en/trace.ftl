# Sentences of the floor trace.

trace-panic = Panic: { $what }
trace-program-started = Program { $name } ({ $kind }) started
trace-program-ended = Program ended
trace-thread-started = Thread { $name } started
trace-thread-ended = Thread ended
trace-lane-full = Waited { $took } because its rows came faster than they could be recorded
trace-framed = messages are told apart by { $framing }
trace-mark = Row { $row } marked
trace-mark-note = Row { $row } marked: { $note }
trace-mark-gone = Mark of row { $row } taken away
trace-fault-dropped-sent = Lost on purpose: { $bytes } B that were to go to { $peer }. The kernel never saw them
trace-fault-dropped-received = Lost on purpose: { $bytes } B from { $peer }. The program does not learn of them
trace-fault-duplicated-sent = Doubled on purpose: { $bytes } B to { $peer } are sent twice
trace-fault-duplicated-received = Doubled on purpose: the program gets { $bytes } B from { $peer } twice
trace-fault-delayed-sent = Held back on purpose: { $bytes } B to { $peer }, by { $by }
trace-fault-delayed-received = Held back on purpose: { $bytes } B from { $peer }, by { $by }
trace-fault-reordered = Out of order on purpose: { $bytes } B to { $peer } wait until the next ones have gone
trace-fault-overflowed = Lost: { $bytes } B to { $peer } found the queue full
trace-fault-limited = Limited rate: the last of { $bytes } B to { $peer } goes after { $by }
trace-fault-sliced = Cut on purpose: { $bytes } B go to { $peer } by themselves, { $rest } B wait
trace-fault-glued = Glued on purpose: { $bytes } B of { $count } receives go to { $peer } together
trace-fault-stalls = Stalled on purpose: { $bytes } B to { $peer } are held
trace-fault-stalled = Stalled on purpose: { $bytes } B to { $peer } were held for { $by }
trace-fault-reset = Reset on purpose: { $after } B have gone to { $peer }, and both sides get an RST

trace-filter-key = Character { $place } of the filter: { $key } is no key. Keys are { $keys }; put text with a colon into quotation marks.
trace-filter-name = Character { $place } of the filter: { $key } has no { $value }.
trace-filter-nearest = { $what } Did you mean { $nearest }?
trace-filter-value = Character { $place } of the filter: { $value } is no value for { $key }.
trace-filter-hex = Character { $place } of the filter: { $value } is not pairs of hexadecimal digits, such as "00 ff".
trace-filter-socket = Character { $place } of the filter: { $value } is no socket. Sockets are s1, s2, and so on.
trace-filter-missing = Character { $place } of the filter: nothing stands behind { $term }.
trace-filter-quote = Character { $place } of the filter: the quotation mark is not closed.

trace-recording-system = { $call } of the recording { $file } failed with { $errno }. { $meaning }
trace-recording-not-one = { $file } is not a recording.
trace-recording-version = { $file } is a recording of version { $version }, which this program does not know. Open it with a newer Socket Lab.
trace-recording-damaged = The header of the recording { $file } is damaged: nothing of it can be read.
trace-recording-occupied = { $file } is not a recording, and is not replaced by one. Choose another name, or delete the file first.
trace-recording-already = This trace is being recorded, or was before. Start the lab again to record it into another file.
trace-recording-stopped = write to the recording { $file } failed with { $errno }. It holds the first { $rows } rows; the programs go on without it.
trace-recording-cut = The end of { $file } is cut off: its last { $bytes } bytes hold no whole row.
trace-recording-unfinished = { $file } was not finished: rows of its last second may be missing.
trace-recording-bytes-damaged = { $file } is damaged: bytes { $from } to { $to } hold no rows that can be read.
trace-recording-rows-damaged = { $file } is damaged: rows { $first } to { $last } cannot be read.
trace-recording-rows-unread = read of rows { $first } to { $last } of { $file } failed with { $errno }.

# What an errno means where a file was to be opened, read or written
trace-file-missing = There is no such file, or the folder that it is to be in does not exist.
trace-file-no-folder = A part of the path is a file, not a folder.
trace-file-folder = This is a folder. Name a file.
trace-file-access = This user may not read or write it. Choose another place, or change the rights of the file and its folder.
trace-file-read-only = It lies on a file system that cannot be written. Choose another place.
trace-file-full = The disk is full. Make room, or choose another place.
trace-file-large = A file here cannot be as long as this one would be. Choose another place.
trace-file-many = Too many files and sockets are open (ulimit -n). Close some, or raise the limit.
trace-file-name = The name is too long.
trace-file-damaged = The disk or the connection to it failed. Choose another place.
trace-file-other = Choose another file or folder.
