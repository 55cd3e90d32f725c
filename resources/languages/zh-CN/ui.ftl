# Sentences of the floor ui.

## The log
ui-log = Log
ui-log-number = #
ui-log-time = time s
ui-log-program = program
ui-log-call = call
ui-log-result = result
ui-log-took = took
ui-log-now = now
ui-log-blocked = blocked
ui-log-from = from
ui-log-end-of-stream = end of stream
ui-log-gone = Row { $row } is no longer in memory
ui-log-scroll = Scroll bar of the log
ui-log-program-started = program started
ui-log-program-ended = program ended
ui-log-thread-started = thread started
ui-log-thread-ended = thread ended
ui-log-lane-full = waited
ui-log-lane-full-why = its calls came faster than they can be recorded
ui-log-told = note
ui-log-panic = panic

## What an errno means, in two or three words
ui-errno-eacces = permission denied
ui-errno-eaddrinuse = address in use
ui-errno-eaddrnotavail = address not of this machine
ui-errno-eafnosupport = wrong address family
ui-errno-eagain = nothing to do now, or out of time
ui-errno-ebadf = descriptor is closed
ui-errno-econnaborted = connection was given up
ui-errno-econnrefused = nobody listens there
ui-errno-econnreset = the other side reset the connection
ui-errno-edestaddrreq = no destination
ui-errno-ehostunreach = host cannot be reached
ui-errno-einprogress = connecting goes on
ui-errno-eintr = interrupted by a signal
ui-errno-einval = argument does not fit
ui-errno-eisconn = already connected
ui-errno-emfile = too many open descriptors
ui-errno-emsgsize = datagram too long
ui-errno-enetunreach = network cannot be reached
ui-errno-enobufs = no buffer space
ui-errno-enomem = no memory
ui-errno-enoprotoopt = no such option here
ui-errno-enotconn = not connected
ui-errno-eopnotsupp = not possible on this socket
ui-errno-eperm = not allowed
ui-errno-epipe = the stream was already ended
ui-errno-etimedout = no answer in time

## The details of a row
ui-details-row = ROW { $row }
ui-details-close = Close the details
ui-details-next = Next row
ui-details-previous = Previous row
ui-details-failed = { $call } failed: { $meaning }.
ui-details-failed-unknown = { $call } failed.
ui-details-sent = { $bytes } B sent
ui-details-received = { $bytes } B received
ui-details-program = Program
ui-details-thread = Thread
ui-details-socket = Socket
ui-details-accepted = { $socket }, accepted by { $by }
ui-details-local = Local
ui-details-peer = Peer
ui-details-result = Result
ui-details-from = From
ui-details-flags = Flags
ui-details-began = Began
ui-details-took = Took
ui-details-origin = Made by
ui-details-origin-person = you
ui-details-origin-lab = the lab, to stop or to look at a program
ui-details-told = Said

## Bytes
ui-bytes = BYTES
ui-bytes-characters = Characters
ui-bytes-hex = Hex
ui-bytes-text = Text
ui-bytes-none = None. The other side sends no more.
ui-bytes-not-kept = The bytes were not kept, only their length.
ui-bytes-first = The first { $shown } of { $all } B
ui-bytes-cut = { $kept } of { $all } B were kept
ui-bytes-whole = { $bytes ->
    [one] 1 byte makes
   *[other] { $bytes } bytes make
} { $characters ->
    [one] 1 character
   *[other] { $characters } characters
}. No character was cut.
ui-bytes-broken = { $broken ->
    [one] One place in { $bytes } B is not UTF-8: a character that was cut, or bytes that are no text.
   *[other] { $broken } places in { $bytes } B are not UTF-8: characters that were cut, or bytes that are no text.
}
ui-copy-as = Copy as
ui-copy-text = Text
ui-copy-hex = Hex
ui-copy-python = Python bytes
ui-copy-c = C array
