# Sentences of the floor ui.

## The log
ui-log = Log
ui-log-rows = Rows of the log
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
ui-log-reading = Row { $row } is being read
ui-log-damaged = Row { $row } cannot be read: the recording is damaged there
ui-log-scroll = Scroll bar of the log
ui-log-program-started = program started
ui-log-program-ended = program ended
ui-log-thread-started = thread started
ui-log-thread-ended = thread ended
ui-log-process-started = process started
ui-log-lane-full = waited
ui-log-lane-full-why = its calls came faster than they can be recorded
ui-log-told = note
ui-log-framed = framing
ui-log-panic = panic
ui-log-mark = note
ui-log-fault = fault
ui-log-sample = kernel

## The log: head, search, marks, rows
ui-log-head = Columns and time of the log
ui-log-head-tip = Choose which columns there are and how times are told
ui-log-since = since previous
ui-log-clock = clock
ui-log-thread = thread
ui-log-number-name = number
ui-log-menu-time = TIME
ui-log-time-run = Since the start of the run
ui-log-time-previous = Since the previous row
ui-log-time-day = Time of day
ui-log-time-unknown = It is not known when these rows were written
ui-log-menu-columns = COLUMNS
ui-log-menu-widths = Widths as they were
ui-log-edge = Width of the column { $column }
ui-log-edge-tip = Drag, or press the arrow keys, to change the width; double-click to let it fit
ui-log-asked = asked { $value }
ui-log-hidden = { $count ->
    [one] 1 earlier row is hidden
   *[other] { $count } earlier rows are hidden
}
ui-log-paused = { $count ->
    [0] Paused; no row has come since
    [one] Paused; 1 row has come since
   *[other] Paused; { $count } rows have come since
}
ui-log-go-on = Go on
ui-command-find = Find
ui-command-find-tip = Look for text or bytes in the rows that are shown
ui-command-go-to-row = Go to row...
ui-command-go-to-row-tip = Go to the row of a number
ui-command-find-next = Next match
ui-command-find-next-tip = Go to the next row that holds what is looked for
ui-command-find-previous = Previous match
ui-command-find-previous-tip = Go to the previous row that holds what is looked for
ui-command-pause = Pause the log
ui-command-pause-tip = Let the log stand still; rows go on being recorded
ui-command-hide-before = Hide what came before
ui-command-hide-before-tip = Hide the rows before the chosen one, or all where none is chosen; none is lost
ui-command-show-earlier = Show earlier
ui-command-show-earlier-tip = Show the rows that were hidden
ui-command-mark = Mark
ui-command-mark-tip = Mark the chosen rows with a note, or take their marks away
ui-find = Find in the log
ui-find-tip = Enter goes to the next match, Shift+Enter to the previous one, Escape closes
ui-find-text = Text
ui-find-text-tip = Look in bytes, calls, results and notes; letters in either case
ui-find-hex = Hex
ui-find-hex-tip = Look for bytes, given as pairs of hexadecimal digits
ui-find-hex-error = Not pairs of hexadecimal digits, such as 00 ff
ui-find-row = Row
ui-find-row-tip = Go to the row of this number; where it is not shown, to the next one
ui-find-row-error = Not the number of a row
ui-find-close = Close the search
ui-find-none = No match
ui-find-looking = No match so far …
ui-find-so-far = { $count } so far …
ui-find-at = { $at } of { $count }
ui-find-first-again = { $at } of { $count }, from the first again
ui-find-last-again = { $at } of { $count }, from the last again
ui-find-count = { $count ->
    [one] 1 match
   *[other] { $count } matches
}
ui-find-spoken = found
ui-note-recorder = No calls are recorded any more: the recorder, a part of this program, has failed ({ $said }). Save the lab and open it again.
ui-mark-note = Note on row { $row }
ui-mark-note-tip = Enter keeps the note; it stands in the trace, and in a recording of it
ui-mark-keep = Keep the note
ui-mark-remove = Take the mark away
ui-mark-close = Leave the note as it was
ui-mark-none = Choose the row that is to be marked first.
ui-mark-recorded = A recording is only looked at: marks cannot be written into it. Marks set while a lab runs are kept in its recording.
ui-mark-spoken = marked
ui-mark-spoken-note = marked: { $note }
ui-row-filter = Only { $term }
ui-row-copy = { $rows ->
    [one] Copy as: { $form }
   *[other] Copy { $rows } rows as: { $form }
}
ui-row-mark = Mark, with a note...
ui-row-details = Show in details
ui-row-none = Choose the rows that are to be copied first.
ui-row-no-bytes = None of the chosen rows holds bytes.
ui-row-copied = { $rows ->
    [one] 1 row was copied
   *[other] { $rows } rows were copied
}
ui-row-copied-cut = The first { $rows } rows were copied; more do not fit on the clipboard. Export the recording to have all.
ui-copy-json = JSON lines
ui-filter-saved = Saved filters
ui-filter-saved-heading = SAVED FILTERS
ui-filter-saved-none = None yet
ui-filter-forget = Forget { $name }
ui-filter-rename = Rename { $name }
ui-filter-rename-keep = Keep the new name
ui-filter-name = Name for this filter
ui-filter-name-first = Type a filter first
ui-filter-keep = Save
ui-filter-offer = Suggestion { $text }

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
ui-details-call = CALL
ui-details-failure = FAILED
ui-details-pin = Keep this row here
ui-details-unpin = Follow the chosen row again
ui-details-waited = Waited
ui-details-until = { $time }, until row { $row }
ui-details-came-from = Came from
ui-details-went-to = Went to
ui-details-other-side = Other side
ui-details-partner = row { $row }, { $call } by { $program }
ui-details-partner-part = row { $row }, { $bytes } B of { $call } by { $program }

## What happened: the chosen call and the other side
ui-happened = WHAT HAPPENED
ui-happened-short = inferred
ui-happened-waits = waits
ui-happened-mark = Row { $row }, { $call }
ui-happened-more = { $count ->
    [one] 1 more call belongs to it
   *[other] { $count } more calls belong to it
}
ui-happened-inferred = In order, not to scale. Which calls belong together is inferred from the addresses and the order of bytes.

## The card of a failure
ui-card-dismiss = Put this card away
ui-card-row = row { $row }
ui-card-elsewhere = What the error is called in Python, in Rust and on Windows
ui-card-not-there = does not occur there
ui-card-no-kind = has no kind of its own
ui-card-cause = Cause
ui-card-likely = Likely
ui-card-perhaps = Perhaps
ui-card-to-row = Go to row { $row }
ui-card-set = Set { $option } to { $value } and start { $program }
ui-card-bind = Bind { $program } to { $address } and start it
ui-card-remedy-tip = Change the program, and start it again
ui-card-try = Try
ui-card-means = What it means
ui-card-try-listening = Take another port, or stop { $program } first. SO_REUSEADDR does not help while { $socket } listens.
ui-card-use-port = Use port { $port }
ui-card-use-port-tip = Give { $program } this port, which nobody in this lab uses, and start it
ui-card-stop = Stop { $program }
ui-card-stop-tip = Stop the program that has the address, and close its sockets
ui-card-start = Start { $program }
ui-card-start-tip = Start the server that is meant to listen there
ui-card-again = Start { $program } again
ui-card-again-tip = Nobody of this lab is in the way any more

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
    [one] One place in { $bytes } B is not { $charset }.
   *[other] { $broken } places in { $bytes } B are not { $charset }.
}
ui-bytes-charset = Character set { $charset }
ui-bytes-charset-tip = Read the bytes in another character set; they stay the same
ui-bytes-select = Bytes; drag, or use the arrow keys with Shift, to select
ui-bytes-selected = { $bytes ->
    [one] 1 B selected, at { $first }
   *[other] { $bytes } B selected, from { $first } on
}
ui-bytes-page-next = Next page of the bytes
ui-bytes-page-previous = Previous page of the bytes
ui-bytes-split-before = The first character began in the row before.
ui-bytes-split-after = The last character ends in the row after.
ui-bytes-split-both = The first character began in the row before, the last one ends in the row after.
ui-bytes-split-alone = A character is cut; the rest of it is not in the trace.
ui-bytes-join = Join with the other row
ui-bytes-part = Show this row alone
ui-bytes-join-tip = A stream knows no characters: a call may end within one. Joined, its bytes stand together in a thick frame.
ui-copy-tip = { $bytes ->
    [one] Copy 1 byte
   *[other] Copy { $bytes } bytes
}: those selected, else all
ui-copy-as = Copy as
ui-copy-text = Text
ui-copy-hex = Hex
ui-copy-python = Python bytes
ui-copy-c = C array

## The conversation of two ends
ui-command-converse = Follow this conversation
ui-command-converse-tip = Show what this socket and the one at its other end sent and received, in order (Ctrl+Enter; Escape goes back)
ui-talk-follow = Follow
ui-not-now-no-socket = Choose a row with a socket first
ui-talk-back = Back to the log
ui-talk-both = Both ends
ui-talk-side-tip = Show the sends and receives of this end
ui-talk-save = Save the conversation as...
ui-talk-copy = Copy the whole conversation
ui-talk-copied = { $lines ->
    [one] { $lines } line of the conversation was copied
   *[other] { $lines } lines of the conversation were copied
}
ui-talk-copied-cut = Only the first { $lines } lines of the conversation were copied; the clipboard would not bear the { $left } that follow. Save it to a file to have them all.
ui-talk-with = With { $peer }
ui-talk-with-tip = This socket is not connected and exchanges datagrams with many; with whom
ui-talk-all-peers = everybody
ui-talk-first-peers = The first { $count }; more are not listed
ui-talk-forgotten = { $lines } older lines are not kept here; saving writes them too
ui-talk-empty = Nothing was sent or received yet
ui-dialog-talk = Save the conversation

## The window
ui-name = Socket Lab
ui-programs = PROGRAMS
ui-programs-add = Add a program
ui-kind-tcp-server = TCP server
ui-kind-tcp-client = TCP client
ui-kind-udp-server = UDP server
ui-kind-udp-client = UDP client
ui-kind-tcp-link = TCP link (faults)
ui-kind-udp-link = UDP link (faults)
ui-kind-tcp-link-tip = Stands between clients and a server of streams, and holds, cuts, glues and resets what goes through
ui-kind-udp-link-tip = Stands between clients and a server of datagrams, and loses, doubles, holds and mixes what goes through
ui-kind-load = Load client
ui-kind-unix-server = Unix server
ui-kind-unix-client = Unix client
ui-kind-unix-datagram-server = Unix datagram server
ui-kind-unix-datagram-client = Unix datagram client
ui-kind-tftp-server = TFTP server
ui-kind-tftp-client = TFTP client
ui-kind-http-server = HTTP server
ui-kind-http-client = HTTP client
ui-kind-manual = by hand
ui-phase-stopped = stopped
ui-phase-starting = starting
ui-phase-awaits = waits for { $program }, which is held
ui-phase-listening = listening
ui-phase-bound = bound
ui-phase-connected = connected
ui-phase-running = running
ui-phase-stopping = stopping
ui-phase-lingering = waits for { $threads } to end
ui-phase-ended = ended
ui-phase-failed = failed

## Commands: what they are called, and what they do
ui-command-start-all = Start all
ui-command-start-all-tip = Start all programs in their order, each when the one before is ready
ui-command-stop-all = Stop all
ui-command-stop-all-tip = Stop all programs and close their sockets
ui-command-start-or-stop = Start or stop the chosen program
ui-command-start-or-stop-tip = Start the program that is chosen at the left, or stop it if it runs
ui-command-restart = Restart
ui-command-restart-tip = Stop the chosen program and start it again
ui-command-new = New lab
ui-command-new-tip = A lab without programs, in place of this one; the programs that run are stopped
ui-command-open = Open...
ui-command-open-tip = Open a lab file (TOML) or a recording; the programs that run are stopped
ui-command-save = Save the lab
ui-command-save-tip = Save the lab in its file; where it has none yet, you are asked for one
ui-command-save-as = Save the lab as...
ui-command-save-as-tip = Save these programs as a lab file, for this window and for socket-lab run
ui-command-record = Record to file...
ui-command-record-tip = Record every call from the first on, also those made so far, in a file that can be opened and exported later
ui-command-stop-recording = Stop recording
ui-command-stop-recording-tip = Write what is left into the recording and close it; the programs go on
ui-command-open-recorded = Open the lab of this recording
ui-command-open-recorded-tip = The lab that was recorded, ready to run again
ui-command-quit = Quit
ui-command-quit-tip = Stop all programs and close the window
ui-command-follow = Follow
ui-command-follow-tip = Stay at the newest row
ui-command-show-lab = Show what the lab does
ui-command-show-lab-tip = Show also the calls that the lab makes itself, in order to stop a program or to look at it
ui-command-filter = Filter
ui-command-filter-tip = Put the cursor into the filter
ui-command-language = Language
ui-command-language-tip = Switch between English and Chinese
ui-command-theme = Light or dark
ui-command-theme-tip = Switch between light and dark
ui-command-zoom-in = Zoom in
ui-command-zoom-in-tip = Everything larger
ui-command-zoom-out = Zoom out
ui-command-zoom-out-tip = Everything smaller
ui-command-zoom-reset = Actual size
ui-command-zoom-reset-tip = Everything as large as it was drawn for

## Commands of the window: panels, palette, keys, notices, about
ui-command-fold-programs = Fold the programs
ui-command-fold-programs-tip = Show the programs at the left as a narrow rail, or as a list again
ui-command-fold-form = Fold the form
ui-command-fold-form-tip = Show the form of the chosen program as one line, or whole again
ui-command-palette = Search or run a command
ui-command-palette-tip = Find a command, a program or a sample lab by a few letters of its name
ui-command-keys = All keys
ui-command-keys-tip = Show every key by topic
ui-command-notices = Notices
ui-command-notices-tip = Read again what finished and what failed
ui-command-about = About Socket Lab
ui-command-about-tip = Version, licences, and whose work this is built on
ui-menu-help = Help
ui-overlay-close = Close
ui-palette-short = Search or run
ui-palette-none = Nothing has these letters in its name
ui-palette-program = Show { $program }
ui-palette-sample = Open sample: { $lab }
ui-palette-add = Add a { $kind }
ui-not-now-no-program = The lab has no program
ui-not-now-all-run = All programs run
ui-not-now-none-runs = No program runs
ui-not-now-none-chosen = No program is chosen
ui-not-now-first = It is the first program already
ui-not-now-last = It is the last program already
ui-not-now-fewer = The lab has fewer programs
ui-not-now-nothing-changed = Nothing was changed that could be taken back
ui-not-now-nothing-taken-back = Nothing was taken back
ui-not-now-no-rows = There are no rows yet
ui-not-now-none-hidden = No rows are hidden
ui-keys-lists = Lists and fields
ui-keys-tab = next, previous control
ui-keys-press = press the control
ui-keys-escape = close what is open
ui-keys-rows = next, previous row
ui-keys-pages = a page of rows
ui-keys-ends = first, last row
ui-about-version = version { $version }
ui-about-what = Run real servers and clients, and see every socket call they make.
ui-about-licence = Licence
ui-about-licence-words = Free software: MIT or Apache-2.0, as you choose.
ui-about-fonts = Fonts within the program
ui-about-libraries = Libraries
ui-about-libraries-words = Those that Socket Lab uses by itself; each brings others along.

## Menus
ui-menu-lab = Lab
ui-menu-programs = Programs
ui-menu-view = View
ui-menu-samples = SAMPLES
ui-menu-path = Path of a lab or a recording, Enter opens it
ui-menu-path-tip = A file by its path, also where the system has no file dialog
ui-menu-add = ADD A PROGRAM
ui-menu-theme = THEME
ui-menu-language = LANGUAGE
ui-theme-system = As the system
ui-theme-light = Light
ui-theme-dark = Dark
ui-dialog-open = Open a lab
ui-dialog-save = Save the lab as

## The head of a program
ui-header-peers = { $count ->
    [one] 1 peer
   *[other] { $count } peers
}
ui-header-more = More
ui-header-remove = Remove { $program }
ui-header-stop = Stop
ui-header-stop-tip = Stop this program and close its sockets ({ $keys })
ui-header-restart-tip = Stop this program and start it again ({ $keys })
ui-header-start = Start { $program } only
ui-header-start-tip = Start this program alone ({ $keys })

## The log before anything has run
ui-empty-filter = No row passes the filter
ui-empty-filter-clear = Show all rows
ui-empty-filter-clear-tip = Clear the filter; no row was lost
ui-empty-title = Watch two programs talk
ui-empty-first = Start runs a real server and a real client on this computer.
ui-empty-second = Every socket call they make appears here as one row.
ui-empty-tftp-title = Watch a file cross, packet by packet
ui-empty-tftp-get = Start lets { $client } fetch { $file } from { $server } by TFTP.
ui-empty-tftp-put = Start lets { $client } put { $file } on { $server } by TFTP.
ui-empty-tftp-serve = Start runs a TFTP server that any TFTP client can ask for a file.
ui-empty-tftp-second = Every packet appears here as one row; Transfers shows how far it is.
ui-empty-tftp-drawing = { $client } asks { $server } for a file, which comes in blocks
ui-empty-tftp-drawing-put = { $client } tells { $server } which file comes, and sends it in blocks
ui-empty-http-title = Watch a page cross, line by line
ui-empty-http-serve = Start runs a HTTP server; open its address in your browser then.
ui-empty-http-second = Every request and answer is a row; its details explain each line.
ui-empty-hand-title = Drive a socket by hand
ui-empty-hand-first = Start makes the calls that this lab holds; press further ones in Calls.
ui-empty-hand-drawing = Two sockets, each call of which a person makes
ui-empty-hand-by = by hand
ui-empty-hand-other = the other side
ui-empty-start-one = Start { $program }
ui-empty-start-two = Start { $first } and { $second }
ui-empty-start-all = Start { $count } programs
ui-empty-lab = This lab has no program yet
ui-empty-lab-first = Add one with + at the upper left, or open a sample from the Lab menu.
ui-empty-sample = Open the sample { $lab }
ui-empty-sample-tip = A server and a client, ready to run
ui-empty-keys = or press { $keys }
ui-empty-drawing = A client sends hello to a server, which sends it back
ui-empty-client = client
ui-empty-server = server
ui-empty-asks = asks

## Changing the programs of the lab
ui-command-undo = Undo
ui-command-undo-tip = Take back the last change of the lab: a program added, moved or removed, or a value typed
ui-command-redo = Redo
ui-command-redo-tip = Make the change again that was taken back last
ui-command-duplicate = Duplicate
ui-command-duplicate-tip = Add a copy of the chosen program, with a name and a port of its own
ui-command-rename = Rename...
ui-command-rename-tip = Give the chosen program another name; programs that connect to it follow
ui-command-move-up = Move up
ui-command-move-up-tip = Start the chosen program earlier: programs start in the order of the list
ui-command-move-down = Move down
ui-command-move-down-tip = Start the chosen program later: programs start in the order of the list
ui-command-remove = Remove
ui-command-remove-tip = Take the chosen program out of the lab; Undo brings it back
ui-command-program = Show program { $place }
ui-command-program-tip = Show the program that stands at this place of the list
ui-command-program-any = Show the first to the ninth program
ui-programs-name = Name of { $program }
ui-programs-keys = { $keys } shows it
ui-programs-running = { $program } is running: stop it first

## Before programs are started
ui-launch-refused = { $program } is not started: { $why }
ui-overwrite-title = { $count ->
        [one] Replace a file?
       *[other] Replace { $count } files?
    }
ui-overwrite-what = { $program } will put what it fetches in the place of { $file }.
ui-overwrite-until = The old file stays until the new one is whole.
ui-overwrite-go = Replace
ui-overwrite-go-tip = Start, and replace what is there when all has come
ui-overwrite-stay = Do not start
ui-overwrite-stay-tip = Nothing is started; another place can be chosen in the field Save to (Esc)
ui-launch-title = Leave this computer?
ui-launch-why = These addresses are not of this computer alone. Other computers can reach them, or bytes go to them.
ui-launch-once = Asked once for this lab. The status bar goes on to show it.
ui-launch-start = Start all the same
ui-launch-call = Call all the same
ui-launch-no-call = Do not call
ui-launch-start-tip = Start, and let other computers reach it
ui-launch-stay = Do not start
ui-launch-stay-tip = Nothing is started; the address can be changed first (Esc)

## What a client sends by itself
ui-sending-count = { $count ->
    [0] nothing
    [one] 1 message
   *[other] { $count } messages
}
ui-sending-edit = Edit what is sent: { $messages }
ui-sending-title = What the client sends by itself
ui-sending-how = From the first to the last, as soon as it is connected. With none it sends what you type.
ui-sending-add = Add a message
ui-sending-done = Done
ui-sending-field = Message { $number }: { $what }
ui-sending-way = how it is stated
ui-sending-text = Text
ui-sending-hex = Hex
ui-sending-file = File
ui-sending-data = what is sent
ui-sending-data-tip = Text with escapes (\n, \xff), bytes in hex (00 ff), or the path of a file, which is read when it is due
ui-sending-repeat = how often
ui-sending-repeat-tip = How often it is sent, at least once
ui-sending-every = every
ui-sending-every-tip = The pause between two turns, such as 10ms or 1s
ui-sending-wait = wait for reply
ui-sending-wait-tip = One recv follows each send, before anything else is sent
ui-sending-remove = remove
ui-sending-up = move up
ui-sending-down = move down
ui-sending-no-file = Which file? Its path, from the folder of the lab on

## The form
ui-form-socket = Socket
ui-form-options = Options
ui-form-behaviour = Behaviour
ui-form-habits = More habits
ui-form-habits-tip = Greeting, prefix, how many connections and messages, character set, and what else the programs of textbooks do
ui-form-yes = yes
ui-form-no = no
ui-form-locked = set while stopped
ui-form-locked-tip = The program runs with these values. What is changed here takes effect after a restart.
ui-form-after-restart = After a restart: { $fields }
ui-form-restart-with = Restart with these
ui-form-restart-with-tip = Stop { $program } and start it again with the changed values
ui-form-discard = Discard
ui-form-discard-tip = Show again what the program runs with
ui-form-recorded = as it was recorded
ui-form-recorded-tip = This program was recorded: it can be looked at, not changed.
ui-form-addresses = Addresses of this computer
ui-form-targets = Whom to ask
ui-form-localhost = this computer by its name
ui-form-reach = Can be reached by others: { $reach }
ui-form-fold = Show or hide the form
ui-field-name = Name
ui-field-kind = Kind
ui-field-role = Role
ui-field-family = Family
ui-field-family-tip = Whether its sockets have addresses of IP (AF_INET, AF_INET6) or paths of this machine (AF_UNIX)
ui-family-ip = IP address and port
ui-family-unix = Unix: path
ui-role-server = server
ui-role-server-tip = It waits to be asked, at an address that others know
ui-role-client = client
ui-role-client-tip = It asks, and must know whom
ui-kind-tcp-tip = A stream of bytes over a connection: SOCK_STREAM
ui-kind-udp-tip = Datagrams without a connection: SOCK_DGRAM
ui-kind-unix-stream = Stream
ui-kind-unix-stream-tip = A stream of bytes over a connection within this machine: AF_UNIX, SOCK_STREAM
ui-kind-unix-datagram = Datagram
ui-kind-unix-datagram-tip = Datagrams within this machine, none of which is lost: AF_UNIX, SOCK_DGRAM
ui-kind-tftp-tip = Files by TFTP, block by block in datagrams: RFC 1350
ui-kind-http-tip = Pages by HTTP, request and answer over a connection: RFC 9112
ui-field-bind = Bind to
ui-field-port = Port of { $field }
ui-field-port-tip = The port, 0 to 65535; 0 asks the system for any free one
ui-field-connect = Connect to
ui-field-connect-timeout = Time limit
ui-field-backlog = Backlog
ui-field-recv-size = Recv size
ui-field-reply = Reply
ui-field-framing = Framing
ui-field-max-message = Longest
ui-field-handling = Handling
ui-field-pool-size = Threads
ui-field-load-size = Size
ui-field-load-think = Think time
ui-field-charset = Characters
ui-field-greeting = Greeting
ui-field-notice = Note
ui-field-prefix = Prefix
ui-field-connections = Accepts
ui-field-messages = Takes
ui-field-spin = Spin
ui-field-contacts = Contacts
ui-field-skip-empty = Skip empty
ui-field-stop-empty = Empty ends
ui-field-stop-case = Compared
ui-field-stop-at = When met
ui-field-stop-word = Stop word
ui-field-expect = Expect
ui-field-send = Send
ui-field-faults = Faults
ui-field-root = Folder
ui-field-write = Write
ui-field-get = Get
ui-field-to = Save to
ui-field-put = Put
ui-field-as = Put as
ui-field-mode = Mode
ui-field-blksize = Block size
ui-field-windowsize = Window
ui-field-timeout = Timeout
ui-field-tsize = Ask size
ui-field-error-style = Errors
ui-field-record = Recorded
ui-field-single-port = One port
ui-field-max-transfers = Transfers
ui-field-max-size = Max size
ui-field-max-files = Max files
ui-field-request = Request
ui-field-line-ends = Line ends
ui-field-repeat = Times
ui-field-keep-alive = Keep alive
ui-field-idle-timeout = Idle limit
ui-field-max-head = Max head
ui-field-max-body = Max body
ui-field-default = default
ui-option-on = on
ui-option-off = off
ui-option-add = Add...
ui-option-add-tip = Add an option from the table of all that fit this socket
ui-option-search = Name in C, or what it is to do
ui-option-none-found = No option that fits this socket is called so or does that.
ui-option-asked = asked
ui-option-got = got
ui-option-asked-tip = What setsockopt is given. An empty field leaves the option as the system has it.
ui-option-got-tip = What getsockopt last read back: what holds
ui-option-expected = expected
ui-option-expected-tip = What getsockopt is expected to read back on this system, computed from its limits
ui-option-expects = { $option }: { $value } is expected on this system
ui-option-expects-other = { $option }: { $value } is expected on this system where { $asked } is asked for
ui-option-live = Set on the open sockets at once: Enter where it is typed
ui-option-restart = It matters { $when }: takes effect after a restart
ui-option-clear = Leave { $option } as the system has it
ui-option-read-back = { $option }: the kernel reads back { $value }
ui-option-read-back-other = { $option }: the kernel reads back { $value }, { $asked } was asked for
ui-field-none = none
ui-reply-data = Answer
ui-reply-data-tip = Text with escapes (\n, \xff), bytes in hex (00 ff), or the path of a file, which is read anew for each answer
ui-reply-way = How the answer is stated
ui-reply-format = Format
ui-reply-format-tip = A format of strftime, such as %H:%M:%S; {"{"}{"}"} stands for what was received. Empty: what is received is the format.
ui-reply-format-received = as received
ui-reply-sample = Now { $time }
ui-reply-echo = echo
ui-reply-upper = upper case
ui-reply-reverse = reversed
ui-reply-fixed = always the same
ui-reply-time = time of day
ui-reply-command = what a command writes
ui-reply-commands = Programs
ui-reply-commands-tip = The programs that may be run, with commas between them. No shell: nothing is expanded. At most 5 s and 64 KiB of output each.
ui-reply-any = Which
ui-reply-any-listed = only these
ui-reply-any-all = any program
ui-reply-any-tip = Any program lets whoever reaches this port do what you can do: it is asked at every start, and refused where others could reach it.
ui-launch-commands-title = Run commands for others?
ui-launch-commands-why = Whoever reaches these programs can let this computer run what is named here, with your rights: read, change and delete your files. On this computer any user and any web page that guesses the port may be that.
ui-launch-commands-once = This is asked at every start.
ui-launch-commands-tip = Start, and run what whoever reaches it asks for
ui-launch-commands-any = any command
ui-status-commands = any command
ui-status-commands-tip = { $program } runs for others: { $commands }. Stop it when you are done.
ui-reply-rules = Rules
ui-rule = Rule { $number }
ui-rule-exact = is
ui-rule-prefix = begins with
ui-rule-contains = contains
ui-rule-regex = regex
ui-rule-when = Condition of rule { $number }
ui-rule-what = Rule { $number } compares with
ui-rule-tip = What the message has to be like. Text with escapes such as \n and \xff, or a regular expression. The first rule that fits answers
ui-rule-answer = Answer
ui-rule-answer-of = Answer of rule { $number }
ui-rule-answer-tip = Text with escapes such as \n and \xff. Behind a regex, $1 and {"${name}"} stand for what its groups found, $$ for a dollar sign
ui-rule-up = Move rule { $number } up
ui-rule-down = Move rule { $number } down
ui-rule-remove = Remove rule { $number }
ui-rule-add = Add rule
ui-rule-add-tip = Adds a rule at the end
ui-rule-otherwise = Otherwise
ui-rule-otherwise-tip = What is answered where no rule fits; nothing where this is empty
ui-reply-manual = what you type
ui-reply-none = nothing
ui-framing-none = none
ui-framing-fixed = fixed length
ui-framing-delimiter = delimiter
ui-framing-length = length header
ui-framing-line = lines
ui-framing-bytes = Length
ui-framing-bytes-tip = The bytes of every message. A shorter one is filled up with zero bytes, which the receiver takes away.
ui-framing-what = Delimiter
ui-framing-what-tip = What stands behind every message: text with escapes, such as \r\n or \xff. No message may hold it.
ui-framing-what-length = A delimiter has 1 to { $most } bytes.
ui-framing-ending = Ends with
ui-framing-ending-tip = What stands behind every line: a line feed, or carriage return and line feed as most protocols of text have it
ui-framing-header = Header
ui-framing-header-tip = How many bytes the length before every message has: it decides how long a message can be
ui-framing-width =
    { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    }
ui-framing-order = Order
ui-framing-order-tip = Which byte of the length comes first. Big-endian, the highest, is the order of the network.
ui-framing-big = big-endian
ui-framing-little = little-endian
ui-framing-counts = Counts
ui-framing-counts-tip = Whether the length counts its own bytes too. Both sides must agree on that.
ui-framing-body = the message
ui-framing-itself = and itself
ui-handling-one = one at a time
ui-handling-threads = a thread each
ui-handling-pool = a pool of threads
ui-handling-processes = a process each
ui-handling-readiness = readiness, one thread

## Sending by hand
ui-send = Send
ui-send-from = { $program } sends to
ui-send-to = Whom to send to
ui-send-all = all
ui-send-message = Message
ui-send-hint = Text; \n and \xff as in C and Rust
ui-send-hint-hex = Bytes in hex, such as 00 ff

## Views

ui-peers = Peers
ui-command-log = Show the log
ui-command-log-tip = Every call as one row
ui-command-peers = Show the peers
ui-command-peers-tip = Whom the chosen program talks to: state, address, bytes and messages each way

## Peers

ui-peers-rows = Peers of the program
ui-peers-state = state
ui-peers-address = address
ui-peers-socket = socket
ui-peers-since = since s
ui-peers-last = last seen s
ui-peers-received = received
ui-peers-sent = sent
ui-peers-sort = Sort by { $column }
ui-peers-reply = Reply to { $peer }
ui-peers-reply-hint = Type a reply, Enter sends it
ui-peers-connected = connected
ui-peers-connecting = connecting
ui-peers-waiting = waits for accept
ui-peers-peer-done = closed by the peer
ui-peers-sending-done = sending ended
ui-peers-reset = reset by the peer
ui-peers-broken = broken, { $errno }
ui-peers-closed = closed
ui-peers-datagrams = datagrams
ui-peers-blocked = { $state }, read from
ui-peers-spoken = { $address }, { $socket }, { $state }, received { $received } B, sent { $sent } B
ui-peers-send = Send to { $peer }
ui-peers-disconnect = Disconnect { $peer }
ui-peers-all = Send to all
ui-peers-all-tip = Write a message that goes to every peer: one send for each of them
ui-peers-count = { $open } open, { $waiting } waiting, { $closed } closed
ui-peers-none = { $program } has no peers
ui-peers-none-start = Start { $program }; then whoever it talks to stands here.
ui-peers-none-connect = Start a client, or let any program connect to { $address }.
ui-peers-none-datagram = Nobody has sent a datagram to { $address } yet.
ui-peers-none-client = It is not connected yet, or has sent no datagram.

## Sending by hand

ui-send-tip = Send these bytes now (Enter). Shift+Enter begins a line; Up and Down bring back what was sent.
ui-send-file = File
ui-send-hint-file = Path of the file
ui-send-choose = Choose a file...
ui-send-text-tip = Text in the character set below, with escapes
ui-send-hex-tip = Bytes as hexadecimal digits, two each
ui-send-file-tip = The content of a file. What is longer than 64 KiB, or than a datagram, goes in pieces, with a bar that shows how far it is
ui-send-gone = { $peer }, gone
ui-send-more = { $count } more in the view Peers
ui-send-ending = Line ending, put behind each line
ui-send-ending-none = no ending
ui-send-charset = Character set
ui-send-preview-tip = The bytes that would go
ui-dialog-send = Send a file
ui-dialog-root = Choose the folder to offer
ui-dialog-put = Choose the file to put
ui-dialog-received = Save the received file as
ui-choose-root = Choose the folder...
ui-choose-put = Choose the file...
ui-choose-to = Save as...
ui-choose-no-text = The name { $file } is not valid Unicode: a lab cannot hold it. Choose another, or rename it first.

## Send list

ui-list = SEND LIST
ui-list-toggle = Send list: messages that go one after the other
ui-list-add = Add this message to the send list
ui-list-empty = Write a message, then add it with the plus below.
ui-list-full = The list has { $most } messages, the most it can have.
ui-list-remove = Take message { $number } out of the list
ui-list-copy = Copy message { $number } of the list
ui-list-up = Move message { $number } of the list up
ui-list-down = Move message { $number } of the list down
ui-list-form = What message { $number } of the list is stated in
ui-list-message = Message { $number } of the list
ui-list-wrong = Message { $number } cannot be sent
ui-list-repeat = Repeat
ui-list-repeat-tip = How often the whole list is sent
ui-list-pause = Pause
ui-list-pause-tip = The time after each message
ui-list-start = Start list
ui-list-start-tip = { $program } sends the list inside its open connection, while it goes on with what it does
ui-list-stop = Stop list
ui-list-stop-tip = End after the message that is under way
ui-file-sending = { $name }: { $sent } of { $all }
ui-file-left = { $seconds } s left
ui-file-datagrams = in datagrams of { $size } B
ui-file-sent = { $name }: { $all } sent in { $took }
ui-file-cut-off = { $name }: ended after { $sent } of { $all }
ui-file-cancel = Cancel
ui-file-cancel-tip = Ends the file after the piece that is under way; what was sent cannot be taken back
ui-file-bar = { $name }, { $percent } % sent
ui-list-progress = { $done } of { $all } sent …
ui-list-done = { $done } of { $all } sent

## The filter
ui-filter-clear = Clear the filter
ui-filter-tip = Words, or program:server call:recv dir:sent socket:s1 failed errno:EADDRINUSE hex:"00 ff"; a - before a term takes away

## The status bar
ui-status-nothing = Nothing running
ui-status-running = { $count ->
    [one] 1 program running
   *[other] { $count } programs running
}
ui-status-failed = { $count } failed
ui-status-broken = No rows are recorded any more
ui-status-broken-tip = The lab's own recorder has failed. Programs go on, but their calls are no longer seen; save the lab and open it again.
ui-status-calls = { $count ->
    [one] 1 call
   *[other] { $count } calls
}
ui-status-lost = { $count } lost
ui-status-lost-tip = Rows that left memory because there were too many, and stand nowhere any more
ui-status-waits = { $program } { $socket } waits in { $call }
ui-status-notices = { $count ->
    [one] 1 notice
   *[other] { $count } notices
}
ui-status-loopback = 127.0.0.1 only
ui-status-loopback-tip = Every address of this lab is one of this computer: nothing leaves it, and no other computer can reach it
ui-status-outside = { $address } is beyond this computer
ui-status-outside-tip = This address is not a loopback address: other computers can reach it, or bytes go to them

## Lab files
ui-menu-title = Title of the lab
ui-menu-title-tip = What this lab is called; saved with it
ui-menu-recent = OPENED LAST
ui-menu-path-open = Open
ui-menu-path-open-tip = Open the lab or the recording of this path
ui-menu-path-save = Save
ui-menu-path-save-tip = Save the lab in a new file of this path
ui-menu-path-record = Record
ui-menu-path-record-tip = Record what happens in a new file of this path
ui-title-changed = { $title } · changed
ui-window-recording = Recording { $file }
ui-window-untitled = Untitled lab
ui-edge = { $side ->
    [programs] Edge of the programs, drag to resize
   *[details] Edge of the details, drag to resize
}
ui-drop = Drop a lab or a recording to open it
ui-dialog-record = Record to file
ui-typed-why = This system shows no file dialog, so the path is typed here. On Linux, xdg-desktop-portal or zenity brings one.
ui-typed-file = Path of the file
ui-typed-folder-path = Path of the folder
ui-typed-tip = A path without a folder begins in { $folder }; ~ is the home folder
ui-typed-empty = No path is stated. Type one.
ui-typed-folder = { $file } is a folder. Add the name of the file.
ui-typed-no-file = { $file } is a folder or a device. Name a file.
ui-typed-exists = { $file } exists already. What is in it would be lost.
ui-typed-save = Save
ui-typed-save-tip = Save in the file of this path (Enter)
ui-typed-choose = Choose
ui-typed-choose-tip = Take what is at this path (Enter)
ui-typed-replace = Replace
ui-typed-replace-tip = Put what is saved in the place of this file
ui-typed-keep = Another name
ui-typed-keep-tip = Leave this file as it is, and type another path
ui-typed-cancel = Cancel
ui-typed-cancel-tip = Nothing is saved or chosen (Esc)
ui-file-exists = { $file } exists already. Choose another name.
ui-unsaved-title = Save the changes to { $title }?
ui-unsaved-file = They would be lost: { $file } does not hold them.
ui-unsaved-no-file = They would be lost: this lab has no file yet.
ui-unsaved-path = Path of a new file, or leave empty to be asked
ui-unsaved-path-tip = Where the lab is saved, also where the system has no file dialog
ui-unsaved-save = Save
ui-unsaved-save-tip = Save the lab, then go on
ui-unsaved-drop = Don't save
ui-unsaved-drop-tip = Go on without what was changed
ui-unsaved-stay = Cancel
ui-unsaved-stay-tip = Stay with this lab (Esc)
ui-note-saved = Saved in { $file }
ui-note-busy = Another file command is under way: finish its dialog, or wait for it, then try again.
ui-note-missing = { $file } is not there any more; it was taken off the list of those opened last.
ui-note-recording = Recording to { $file }
ui-note-recorded = { $count ->
    [one] Recorded 1 row in { $file }
   *[other] Recorded { $count } rows in { $file }
}
ui-status-recording = recording { $file }, { $rows } rows
ui-status-recorded = recorded { $file }, { $rows } rows
ui-status-recording-failed = recording { $file } stopped
ui-not-now-no-recording = This is no recording
ui-not-now-recording = It is being recorded already
ui-not-now-recorded = This run was recorded before; open the lab again to record it into another file
ui-not-now-not-recording = Nothing is being recorded

## A recording in the window
ui-recording-of = Recording { $file }
ui-recording-tip = { $file }, made by Socket Lab { $version }. A recording is looked at: nothing in it runs or can be changed.
ui-recording-made = made on { $system } at { $time }
ui-recording-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
ui-recording-whole = nothing lost
ui-recording-losses = { $count ->
    [one] 1 loss
   *[other] { $count } losses
}
ui-recording-no-rows = This recording has no rows
ui-recording-only-looked-at = This is a recording: it is looked at, nothing in it can be started or changed.

## Notes
ui-note-away = Put this note away
ui-note-none = Nothing was told yet
ui-note-copy = Copy this notice
ui-note-ended = { $program } has ended
ui-note-failed = { $program } failed: { $failure }
ui-note-no-thread = The system gives no more threads: { $said }

## Where no window can be opened
ui-start-no-display = There is no display: neither WAYLAND_DISPLAY nor DISPLAY is set. A window also needs the libraries that "{ $packages }" installs; "socket-lab run" needs none of it.
ui-start-refused = The display ({ $display }) cannot be opened: { $said }. Nothing answers there, or it does not let this program in (see XAUTHORITY and xauth); "socket-lab run" needs no display.
ui-start-no-x11 = A library of X11 is missing ({ $said }). "{ $packages }" installs what a window needs; "socket-lab run" needs none of it.
ui-start-no-graphics = There is no OpenGL to draw with ({ $said }). "{ $packages }" installs what a window needs; "socket-lab run" needs none of it.
ui-start-other = The window cannot be opened: { $said }. "{ $packages }" installs what a window needs; "socket-lab run" needs none of it.
ui-start-panicked = The window ended by an error of Socket Lab itself: { $said }. Please report it.

# The view of transfers (ui/transfers)
ui-transfers = Transfers
ui-command-transfers = Show the transfers
ui-command-transfers-tip = The files that the chosen program sends or receives by TFTP: how far, how fast, what was asked and granted
ui-command-loads = Show what loads measured
ui-command-loads-tip = How many messages a second each load client got answered, how late, and with how many threads of its server
ui-not-now-no-tftp = Choose a program that speaks TFTP first.
ui-not-now-no-load = No program of this lab is a load client.
ui-transfers-rows = Transfers of the program
ui-transfers-row-tip = Click to see this transfer in full
ui-transfers-spoken = { $name }, { $peer }, { $state }, { $progress }
ui-transfers-count = { $going } going on, { $ended } ended
# What load clients measured (ui/loads)
ui-loads = Load
ui-load-none = No load has run yet: start a load client and its server.
ui-load-client = load
ui-load-client-tip = The load client, once for each of its runs
ui-load-server = server
ui-load-server-tip = The program of this lab that it asked
ui-load-connections = connections
ui-load-connections-tip = How many connections sent something
ui-load-at-once = at once
ui-load-at-once-tip = How many of these were open at a time, at most
ui-load-messages = messages
ui-load-messages-tip = How many messages were answered
ui-load-rate = rate
ui-load-rate-tip = Answered messages a second, from the first send to the last answer
ui-load-half = p50
ui-load-half-tip = Half of the messages were answered within this time
ui-load-most = p90
ui-load-most-tip = 90 of a hundred were answered within this time
ui-load-nearly-all = p99
ui-load-nearly-all-tip = 99 of a hundred were answered within this time
ui-load-longest = max
ui-load-longest-tip = The longest time that a message took
ui-load-threads = threads
ui-load-threads-tip = How many threads the server had at a time, at most, while it was asked
ui-load-processes = processes
ui-load-processes-tip = How many processes the server had at a time, at most, while it was asked: its own, and one for each connection where that is how it handles them
ui-load-failed = failed
ui-load-failed-tip = How many calls of the client failed
ui-load-honest = Every call is recorded while it is measured, so a server without this lab is faster. What compares is one way with another.
ui-load-rate-heading = MESSAGES A SECOND
ui-load-rate-of = { $program }: { $rate } messages a second
ui-load-latency-heading = LATENCY
ui-load-latency-of = { $program }: half within { $half }, 99 of a hundred within { $nearly }, the longest { $longest }
ui-load-scale = From { $least } to { $most }, in powers of ten: the bar goes from p50 to p99, the stroke is p90, the dot the longest
ui-transfers-packets = Show the packets
ui-transfers-packets-tip = Show only the packets of this transfer in the log
ui-transfers-cancel = Cancel
ui-transfers-cancel-tip = End this transfer: the other side is sent an ERROR, and no half file stays behind
ui-transfers-none = { $program } has no transfers
ui-transfers-none-start = Start { $program }; then each file that it sends or receives stands here.
ui-transfers-none-ask = Start a TFTP client, or let any program ask { $address } for a file.
ui-transfers-giving = sending
ui-transfers-taking = receiving
ui-transfers-complete = complete
ui-transfers-unconfirmed = sent, last ACK not seen
ui-transfers-refused = refused, ERROR { $code }
ui-transfers-was-refused = the other side sent ERROR { $code }
ui-transfers-left = given up
ui-transfers-of = { $done } of { $all }
ui-transfers-time-left = { $time } left
ui-transfers-block = block
ui-transfers-block-tip = The last block that was sent for the first time, or received in order
ui-transfers-wire = on the wire
ui-transfers-wire-tip = Block numbers have 16 bits: after 65535 they go on with 0
ui-transfers-repeated = sent again
ui-transfers-repeated-tip = Packets that this end had sent before: an answer was lost, or came too late
ui-transfers-duplicates = duplicates
ui-transfers-duplicates-tip = Packets that this end had received before. They are never answered with DATA.
ui-transfers-gaps = out of order
ui-transfers-gaps-tip = Blocks that came before others which are missing: those were lost, or are late
ui-transfers-strays = strangers
ui-transfers-strays-tip = Packets that had no place in the transfer, or came from another port
ui-transfers-dropped = lost by the lab
ui-transfers-dropped-tip = Packets that the faults of this end let be lost, sent or received
ui-transfers-doubled = doubled by the lab
ui-transfers-doubled-tip = Packets that the faults of this end let go or come twice
ui-transfers-delayed = held back by the lab
ui-transfers-delayed-tip = Packets that the faults of this end let go or come later
ui-transfers-elapsed = took
ui-transfers-elapsed-tip = From the request to the last packet
ui-transfers-ended-complete = Every block was received and acknowledged.
ui-transfers-ended-unconfirmed = Every block was sent, but the ACK of the last was not seen. Many receivers leave without it; this is no failure.
ui-transfers-ended-refused = This side ended it with ERROR { $code } “{ $words }”. { $meaning }
ui-transfers-ended-was-refused = The other side ended it with ERROR { $code } “{ $words }”. { $meaning }
ui-transfers-ended-left = This side closed its socket before the file was across.
ui-transfers-speed = Bytes a second
ui-transfers-speed-spoken = Speed over time, { $rate } on average
ui-transfers-speed-short = Too short to be drawn over time
ui-transfers-agreed = Asked and granted
ui-transfers-agreed-none = The client asked for no options: 512 bytes in a block, one ACK for each (RFC 1350).
ui-transfers-option = option
ui-transfers-asked = asked
ui-transfers-granted = granted
ui-transfers-why = why
ui-transfers-not-granted = not granted
ui-transfers-why-size = whoever has the file told its size
ui-transfers-why-same = as asked
ui-transfers-why-less = the server allows no more
ui-transfers-why-left-out = not in the OACK, so it does not hold
ui-transfers-why-no-oack = the server went on without an OACK, as one that knows no options does
ui-transfers-why-error = answered with an ERROR, so nothing holds
ui-transfers-why-unanswered = not answered yet

# The messages of a row, as a framing tells them apart
ui-frames = MESSAGES
ui-frames-tip = The framing of the program, and where messages begin and end by it in the bytes of this call
ui-frames-message = Message { $message } of { $all }, bytes { $from } to { $to }
ui-frames-began = began in
ui-frames-began-before = began before
ui-frames-ends = ends in
ui-frames-open = has not ended yet
ui-frames-more = and { $count } more

# A packet field by field (ui/details/packet)
ui-command-ladder = Show the packets as a ladder
ui-command-ladder-tip = Every packet of the chosen transfer between client and server, with what was lost, sent again or came twice
ui-ladder-rungs = Packets of the transfer
ui-ladder-client = client
ui-ladder-server = server
ui-ladder-sent = sent
ui-ladder-received = received
ui-ladder-reading = The packets are being read
ui-ladder-more = { $count } more packets stand in the log
ui-rung-again = sent again
ui-rung-again-rule = This end had sent it before. Whoever gets no answer in time sends the last packet again (RFC 1350, section 2); of a window, from the block that is missing on (RFC 7440, section 4).
ui-rung-duplicate = duplicate
ui-rung-duplicate-rule = This end had received it before. It may be acknowledged once more, but a duplicate ACK is never answered with DATA (RFC 1123, section 4.2.3.1).
ui-rung-ahead = out of order
ui-rung-ahead-rule = A block before it is missing. It is not taken; the ACK of the last block in order says where to go on (RFC 7440, section 4).
ui-rung-stray = stray
ui-rung-stray-rule = It has no place in this transfer. What comes from another port is answered with ERROR 5, and the transfer goes on (RFC 1350, section 4).
ui-rung-dropped = lost by the lab
ui-rung-dropped-rule = The faults of this end let it be lost, as a network might. Whoever waits for it sends again after a time (RFC 1350, section 2).
ui-rung-doubled = doubled by the lab
ui-rung-doubled-rule = The faults of this end let it go or come twice, as a network might. The second must do no harm (RFC 1123, section 4.2.3.1).
ui-rung-late = held back by the lab
ui-rung-late-rule = The faults of this end let it go or come later, as a network might. It may have been sent again by then (RFC 1350, section 2).
ui-field-seed = Seed
ui-field-idle = Forget after
ui-field-there = To the server
ui-field-back = Back
ui-link-way = Which way
ui-link-way-tip = The sliders below show and change this way of the link, at once
ui-link-both = Both
ui-link-there = → Server
ui-link-back = ← Clients
ui-link-both-tip = Both ways alike
ui-link-there-tip = What goes from the clients to the server
ui-link-back-tip = What goes from the server back to the clients
ui-link-differ = The two ways differ; shown is the one to the server. What is changed here holds for both.
ui-link-pieces = Pieces of the stream
ui-link-honest-tcp = TCP: a link can hold, cut and end a stream, but loses no byte of it, and it is no pulled cable: its kernel goes on to acknowledge and to answer keepalives.
ui-link-honest-udp = UDP: what is lost here is lost, and nobody tells the sender.
ui-way-delay = Delay
ui-way-jitter = Jitter
ui-way-loss = Lost, %
ui-way-duplicate = Doubled, %
ui-way-reorder = Swapped, %
ui-way-rate = Rate, B/s
ui-way-queue = Queue, B
ui-way-slice = Slice, B
ui-way-gap = Pause
ui-way-glue = Glue, B
ui-way-glue-time = At most
ui-way-stall = Stall
ui-way-reset-after = Reset at B
ui-way-named = { $field } ({ $way })
ui-way-slider = { $field }, slider
ui-fault-title = Faults
ui-fault-seed = Seed
ui-fault-loss = Lost, %
ui-fault-duplicate = Doubled, %
ui-fault-late = Late, %
ui-fault-delay = Late by
ui-fault-drop-data = Lose DATA
ui-fault-drop-ack = Lose ACK
ui-fault-on = Datagrams of this program meet faults on purpose.
ui-packet = Packet
ui-packet-bytes = bytes { $from } to { $to }: { $bytes }
ui-packet-more = { $count } more fields
ui-request-edit = Edit the request: { $request }
ui-request-title = What the client sends
ui-request-how = Write the request as you like, also wrongly. {"{host}"} and {"{length}"} in its head are filled in; what is written in their place goes as it is.
ui-request-begin = Begin with
ui-request-written = As it is written
ui-request-template = The request to begin with
ui-request-choose = Choose…
ui-request-text = The request as text
ui-request-text-tip = A blank line ends the head; the body follows behind it
ui-request-bytes = { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    } that are sent
ui-http-message = Message
ui-header-browse = Open it in the browser of this computer

# The sample labs at the left (ui/sample_list), and what is asked before a lab that runs is left (ui/document)
ui-samples = SAMPLE LABS
ui-samples-topic = Samples: { $topic }
ui-samples-all = All samples...
ui-samples-all-tip = Every sample with what to watch in it
ui-command-copy-script = Copy the other side as Python
ui-command-copy-script-tip = A Python script that talks to this program, made of its settings: run it in place of the lab's other side, and change it
ui-command-save-script = Save the other side as Python...
ui-command-save-script-tip = Save a Python script that talks to this program, made of its settings
ui-command-copy-address = Copy the address
ui-command-copy-address-tip = The address at which this program and its other side meet
ui-dialog-script = Save the script
ui-script-copied = { $file } was copied: paste it into a file and run it with python3
ui-script-address = { $address } was copied
ui-script-no-address = { $program } has no address yet: start it, or state one
ui-command-samples = Choose a sample...
ui-command-samples-tip = Every sample lab with what to watch in it, and its ports
ui-samples-open = Sample lab { $lab }
ui-received-title = { $count ->
        [one] Save the received file?
       *[other] Save the { $count } received files?
    }
ui-received-what = { $count ->
        [one] It is kept until it is saved, and would be lost: { $names }.
       *[other] They are kept until they are saved, and would be lost: { $names }.
    }
ui-received-save = Save...
ui-received-save-tip = Save what was received, then go on
ui-received-drop-tip = Go on without what was received
ui-received-all-path = Path to save to, or leave empty to be asked
ui-received-all-path-tip = One file is saved in a new file of that path, several in the folder of that path
ui-received-unsaved = { $name }, { $bytes }: kept until it is saved.
ui-received-discard = Discard
ui-received-discard-tip = Keep this file no longer
ui-received-path = Path of a new file, or leave empty to be asked
ui-received-path-tip = Where the file is saved, also where the system has no file dialog
ui-command-save-received = Save the received file as...
ui-command-save-received-tip = Ask where the file goes that was received and is kept until it is saved
ui-not-now-none-kept = No received file waits to be saved: a TFTP client with no Save to keeps what it fetches
ui-dialog-received-all = Choose the folder for the received files
ui-transfers-kept = complete, not saved
ui-running-title = { $count ->
    [one] A program is running
   *[other] { $count } programs are running
}
ui-running-what = For another lab they are stopped, and the rows of this run are gone unless they were recorded.
ui-running-go = Stop and go on
ui-running-go-tip = Stop all programs and open the other lab

## Tools
ui-menu-tools = Tools
ui-command-tools = Show or hide the tools
ui-command-tools-tip = Show the tools that were shown last in place of the log, or the log again
ui-tools-back = Back to the log (Esc)
ui-tools-beside = Tools side by side, where there is room
ui-tools-examples = Worked examples

## Tools: bytes
ui-strip-row = Bytes { $first } to { $last }: { $bytes }
ui-strip-byte = byte { $offset }: { $byte }

## Tools: pack and unpack
ui-tool-pack = Pack and unpack
ui-command-pack = Pack and unpack
ui-command-pack-tip = Turn values into bytes and back by a format, as Python's struct does
ui-row-unpack = Unpack these bytes
ui-pack-pack = Pack
ui-pack-pack-tip = Values to bytes: struct.pack
ui-pack-unpack = Unpack
ui-pack-unpack-tip = Bytes to values: struct.unpack
ui-pack-format = Format
ui-pack-format-tip = A byte order (@ = < > !), then codes with counts: x c b B ? h H i I l L q Q n N e f d s p P
ui-pack-size-tip = How many bytes the format has: struct.calcsize
ui-pack-data = Bytes
ui-pack-data-tip = In hexadecimal, or as Python writes them: b'...'
ui-pack-row = Bytes of row { $row }
ui-pack-row-tip = Unpack the bytes of the row that is chosen in the log
ui-pack-from-row = These are the bytes of row { $row }.
ui-pack-order-unknown = The fields are those of the last format that was one.
ui-pack-code = code
ui-pack-meaning = meaning
ui-pack-offset = offset
ui-pack-bytes = bytes
ui-pack-column-value = value
ui-pack-value = Value { $place }, { $code },
ui-pack-cut = { $code } cuts off { $bytes ->
    [one] the last byte
   *[other] the last { $bytes } bytes
} without a word
ui-pack-missing = its bytes are missing
ui-pack-memory = { $value } in memory
ui-pack-memory-why = The network sends the big end first.
ui-pack-copy-tip = Copy the line of Python that does this, or the bytes
ui-pack-copy-python = Python line
ui-pack-copy-literal = Python bytes
ui-pack-end = End
ui-pack-length = Length
ui-pack-message = Message
ui-pack-code-aligned = Left free by alignment
ui-pack-code-x = Padding
ui-pack-code-c = One byte
ui-pack-code-bool = True or false
ui-pack-code-s = Bytes
ui-pack-code-p = Length and bytes
ui-pack-code-pointer = Address
ui-pack-code-float = Fraction
ui-pack-code-ssize = ssize_t
ui-pack-code-size = size_t
ui-pack-code-unsigned = Number from 0
ui-pack-code-signed = Number
ui-pack-example-rrq = TFTP: request to read
ui-pack-example-rrq-note = A TFTP read request. b holds the 0 that ends each text.
ui-pack-example-ack = TFTP: acknowledgement of a block
ui-pack-example-ack-note = DATA begins with the same four bytes, its opcode being 3.
ui-pack-example-error = TFTP: error
ui-pack-example-error-note = The code comes before the text, which ends with a 0.
ui-pack-example-length = A message behind its length
ui-pack-example-length-note = The cure for sticky packets: the receiver reads 4 bytes and knows how many more belong to the message.
ui-pack-example-aligned = Native alignment
ui-pack-example-aligned-note = A number begins where its size divides the offset; try = in place of @.
ui-pack-example-numbers = All kinds of numbers
ui-pack-example-numbers-note = Unpack it, and see what is left of 0.1 in 2, 4 and 8 bytes.

## Tools: addresses
ui-tool-addresses = IP addresses
ui-command-addresses = IP addresses
ui-command-addresses-tip = Networks, masks, hosts and classes of IPv4 by hand, and the basics of IPv6
ui-address-seen = IN THE TRACE
ui-address-address = Address
ui-address-address-tip = An address of IPv4 or IPv6, with or without /prefix
ui-address-prefix = Prefix
ui-address-prefix-tip = How many bits at the beginning are the network's
ui-address-or-mask = or mask
ui-address-mask = Mask
ui-address-mask-tip = The same as the prefix: ones where the bits are the network's
ui-address-six-wrong = An IPv6 address has eight groups of up to four hex digits with colons between them; :: stands once for groups of zeros
ui-address-prefix-wrong = The prefix is a number from 0 to { $most }
ui-address-mask-gap = In a mask no one stands behind a zero: 255.255.255.0, not 255.0.255.0
ui-address-class = class { $class }
ui-address-public = Kept for nothing special: can be reached from everywhere, unless something is in the way.
ui-address-bits = { $bits }: { $network } bits of network, { $host } bits of host
ui-address-network-bits = network, { $bits ->
    [one] 1 bit
   *[other] { $bits } bits
}
ui-address-host-bits = host, { $bits ->
    [one] 1 bit
   *[other] { $bits } bits
}
ui-address-network = Network
ui-address-broadcast = Broadcast
ui-address-no-broadcast = none
ui-address-first = First host
ui-address-last = Last host
ui-address-hosts = Hosts
ui-address-addresses = Addresses
ui-address-why = Hosts: { $why }.
ui-address-column-class = class
ui-address-column-lead = bits
ui-address-column-range = addresses
ui-address-column-networks = networks
ui-address-column-hosts = hosts in each
ui-address-six-free = Given to nobody yet.
ui-address-short = Short (RFC 5952)
ui-address-long = Long
ui-address-first-six = First
ui-address-last-six = Last
ui-address-power = 2^{ $bits }
ui-address-reach = Reaches
ui-address-within = IPv4 within
ui-address-hardware = Hardware (EUI-64)
ui-address-hardware-why = ff:fe in the middle of the last half says that it was made from a hardware address, one bit of which was turned over.
ui-address-digits = { $digits }: { $prefix } bits of prefix, { $rest } bits behind it
ui-address-prefix-bits = prefix, { $bits ->
    [one] 1 bit
   *[other] { $bits } bits
}
ui-address-interface-bits = interface, { $bits ->
    [one] 1 bit
   *[other] { $bits } bits
}

## Tools: layers
ui-tool-layers = Layers
ui-command-layers = Layers
ui-command-layers-tip = A message of the trace in the layers of OSI and TCP/IP, as the wire has it
ui-row-layers = Show in layers
ui-osi-application = Application
ui-osi-application-does = what programs say to each other
ui-osi-presentation = Presentation
ui-osi-presentation-does = how it is written: characters, compression, encryption
ui-osi-session = Session
ui-osi-session-does = who speaks when, and where one goes on after a break
ui-osi-transport = Transport
ui-osi-transport-does = from program to program: ports, order, repetition
ui-osi-network = Network
ui-osi-network-does = from computer to computer, over routers
ui-osi-link = Data link
ui-osi-link-does = from card to card on one link
ui-osi-physical = Physical
ui-osi-physical-does = bits as voltage, light or radio
ui-osi-unit-message = message
ui-osi-unit-segment = segment or datagram
ui-osi-unit-packet = packet
ui-osi-unit-frame = frame
ui-osi-unit-bit = bit
ui-layer-application = Application
ui-layer-transport = Transport
ui-layer-internet = Internet
ui-layer-link = Link
ui-layers-osi = OSI
ui-layers-tcp-ip = TCP/IP
ui-layers-does = what it does
ui-layers-here = in this message
ui-layers-tip = { $does }. Its unit is called { $unit }. Examples: { $examples }
ui-layers-part = field
ui-layers-value = value
ui-layers-source = known
ui-layers-why = why
ui-layers-known = from the trace
ui-layers-inferred = inferred
ui-layers-unknown = not known
ui-layers-chosen = chosen
ui-layers-message = message
ui-layers-nothing = nothing here
ui-layers-here-message = { $bytes } B: { $text }
ui-layers-here-utf8 = characters in UTF-8
ui-layers-here-bytes = bytes that are no UTF-8
ui-layers-here-transport = { $protocol }, port { $from } to { $to }
ui-layers-here-internet = { $protocol }, { $from } to { $to }
ui-layers-here-loopback = loopback: never reaches a card
ui-layers-here-link = Ethernet or Wi-Fi, not seen from a socket
ui-layers-here-physical = cable or radio, not seen from a socket
ui-layers-of-sent = The message that row { $row } sent.
ui-layers-of-received = The message that row { $row } received.
ui-layers-without = The chosen row moved no bytes over IP. This is an example; choose a send or a receive in the log.
ui-layers-example = An example. Choose a send or a receive in the log, and it stands here.
ui-layers-honest = A program sees no headers. What the trace tells is marked so; inferred is what systems mostly do; ? is what only a capture shows.
ui-layers-honest-example = In this example every field was chosen, and the checksums are worked out from them.

## Tools: TCP against UDP
ui-tool-compare = TCP against UDP
ui-command-compare = TCP against UDP
ui-command-compare-tip = The same messages over both, set side by side from the trace
ui-compare-plain = { $text }
ui-compare-none = Nothing was sent yet. There is a lab that sends the same over both; start it, and look here again.
ui-compare-no-udp = No client has sent datagrams yet. There is a lab that sends the same over both.
ui-compare-no-tcp = No client has sent over a stream yet. There is a lab that sends the same over both.
ui-compare-open = Open the sample { $sample }
ui-compare-calls = { $count }: { $calls }
ui-compare-lengths = { $count }: { $lengths }
ui-compare-programs = Client
ui-compare-programs-why = The clients of either kind that sent last.
ui-compare-before = Calls before the first byte
ui-compare-before-why = A stream has to be connected; a datagram only needs an address.
ui-compare-server = Calls of the server before it
ui-compare-server-why = listen and accept are for connections; a socket of UDP has none, and one serves all.
ui-compare-first = Time before the first byte
ui-compare-first-why = From socket to the first send. TCP waits in connect for one way there and back.
ui-compare-sends = Sends of the client
ui-compare-sends-why = How many calls, and how many bytes each handed over.
ui-compare-receives = Receives of the server
ui-compare-receives-why = How many calls, and how many bytes each brought.
ui-compare-borders = Borders between messages
ui-compare-kept = kept: each send was one receive
ui-compare-moved = moved: the same bytes, cut elsewhere
ui-compare-not-told = cannot be told
ui-compare-borders-why = A datagram comes whole or not at all. A stream has no borders: that they were kept is luck, and framing makes it sure.
ui-compare-bytes = Bytes
ui-compare-bytes-of = { $sent } B sent, { $received } B arrived
ui-compare-bytes-why = Without headers: TCP adds 20 B and more to each segment, UDP 8 B to each datagram.
ui-compare-order = Order and loss
ui-compare-in-order = all arrived, in order
ui-compare-missing = { $bytes } B have not arrived
ui-compare-out-of-order = in another order, or others among them
ui-compare-order-why = TCP numbers its bytes and sends again what is lost. UDP does neither, though on loopback there is seldom anything to lose.
ui-compare-rounds = Ways there and back
ui-compare-rounds-why = connect is one, and each wait for an answer another.
ui-compare-nobody = Where nobody listens
ui-compare-refused = { $call } fails at once: { $errno } (row { $row })
ui-compare-later = the send goes well; a later { $call } says { $errno } (row { $row })
ui-compare-unheard = { $sends ->
    [one] 1 send goes well
   *[other] { $sends } sends go well
}, and nobody answers
ui-compare-nobody-why = TCP asks before it sends. UDP sends; if the other computer says that nobody is there, a later call is told so.

## Tools: resolver
ui-tool-resolver = Names
ui-command-resolver = Names: resolver
ui-command-resolver-tip = What a name resolves to on this system, in which order, how long it took, and what connecting comes to
ui-resolver-name = Name
ui-resolver-name-tip = A host name or an address
ui-resolver-service = Port
ui-resolver-service-tip = A port, or the name of a service such as http; may be empty
ui-resolver-ask = Look up
ui-resolver-ask-tip = Asks the system: getaddrinfo
ui-resolver-try = Try each
ui-resolver-try-tip = Connects to each address that is of this computer, one after the other, and times it
ui-resolver-leaves = A name that is not in { $file } is asked of a name server: that question leaves this computer.
ui-resolver-asking = { $name } is being looked up, { $seconds } s …
ui-resolver-found = { $name }: { $count ->
    [one] 1 address
   *[other] { $count } addresses
} in { $took }
ui-resolver-order = In the order in which a client tries them, which the system chooses (RFC 6724). The first that answers is taken.
ui-resolver-failed = { $name }: { $fault } after { $took }
ui-resolver-hosts = { $file } SAYS
ui-resolver-hosts-none = Nothing of this name.
ui-resolver-connected = connected in { $took }
ui-resolver-refused = { $errno } after { $took }
ui-resolver-not-tried = not tried
ui-resolver-outside = not of this computer: not tried
ui-families = FAMILIES OF ADDRESSES
ui-families-ask = Ask the kernel
ui-families-ask-tip = Makes a socket of each family, tells what the kernel answered, and closes it
ui-families-what = Which families a kernel has is known by asking for a socket of each.

# What the kernel knows.
ui-kernel = Kernel
ui-command-kernel = Show what the kernel knows
ui-command-kernel-tip = State, queues, round trips, windows and memory of each socket: what no call returns
ui-kernel-never = never
ui-kernel-second = every second
ui-kernel-every = every { $time }
ui-kernel-period = Look at the kernel
ui-kernel-period-name = How often the kernel is looked at
ui-kernel-period-tip = How often the kernel is asked what it knows of each socket (getsockopt with TCP_INFO and SO_MEMINFO, /proc/net/tcp). What is new becomes a row of the log, hidden like all that the lab does itself.
ui-kernel-none = No socket yet. Start a program: here stands what the kernel knows of its sockets.
ui-kernel-none-recorded = This recording holds no samples of the kernel.
ui-kernel-off = The kernel is not looked at. Choose at the right how often it is to be.
ui-kernel-silent = This system ({ $system }) is not asked what it knows of sockets: only Linux is so far.
ui-kernel-diagram = States of a TCP connection
ui-kernel-path = The way of this one: { $states }
ui-kernel-unseen = dashed: what came in between was over before the next look
ui-kernel-state = { $state } (in ss: { $ss }): { $sentence }
ui-kernel-in-ss = ss writes { $name }
ui-kernel-between = So far between { $least } and { $most }.
ui-peers-queue = accept queue: { $count } of { $most }
ui-peers-queue-tip = Connections that the kernel has made and no accept has taken yet, and how many it lets wait (TCP_INFO of the listener). Clients that the lab does not run are counted too.

# Threads.
ui-threads = Threads
ui-command-threads = Show what each thread is in
ui-command-threads-tip = A lane for each thread: the call it waits in and for how long, and the calls before, over time
ui-threads-none = No thread yet. Start a program: here stands what each of its threads is in.
ui-threads-span = { $time }
ui-threads-span-name = How much time is in view
ui-threads-span-tip = How much time is in view. It ends now; where a row is chosen, it is around that row.
ui-threads-ended = ended ones too
ui-threads-ended-tip = Also show threads that have ended
ui-threads-waits = waits in { $call } { $socket }, { $time }
ui-threads-has-ended = ended
ui-threads-idle = between calls; last { $call } { $socket }
ui-threads-no-call = no call yet
ui-threads-step = Row { $row }: { $call } { $socket }, { $took }. Click to see it.
ui-threads-both-send = { $one } and { $other } both wait in send: neither reads, so the buffers between them stay full and neither goes on.
ui-threads-one-for-all = { $count ->
    [one] { $one } is read from alone: 1 more connected client waits for accept until it ends.
   *[other] { $one } is read from alone: { $count } more connected clients wait for accept until it ends.
}

## Step: calls held before they are made

ui-log-held = held
ui-menu-step = Calls one by one
ui-step-held = held before { $call }
ui-step-held-tip = This call has not been made: the kernel knows nothing of it, and the other side sees nothing. Step makes it.
ui-step-hold = Hold
ui-step-hold-tip = Hold every call of this program before it is made ({ $keys })
ui-step-start = Start { $program } held
ui-step-start-tip = Start this program, held before its first call ({ $keys })
ui-step-step = Step
ui-step-on = Run on
ui-step-to = Run to the next accept, receive or error
ui-step-thread = Step: make this call of { $thread }
ui-step-thread-on = Run on: hold no call of { $thread } any more
ui-threads-stopping-in = stopping, still in { $call } { $socket }
ui-command-start-all-held = Start all held
ui-command-start-all-held-tip = Start all programs, each held before its first call
ui-command-step = Step
ui-command-step-tip = Make the call before which the chosen program is held, and hold it before the next; where it runs on its own, hold it
ui-command-step-on = Run on
ui-command-step-on-tip = Hold no call of the chosen program any more
ui-command-step-accept = Run to the next accept
ui-command-step-accept-tip = Let the calls of the chosen program go until it is about to accept
ui-command-step-recv = Run to the next receive
ui-command-step-recv-tip = Let the calls of the chosen program go until it is about to call recv or recvfrom
ui-command-step-error = Run to the next error
ui-command-step-error-tip = Let the calls of the chosen program go until one has failed
ui-not-now-not-held = No call of it is held
ui-not-now-chosen-stopped = The chosen program does not run

ui-options = Options
ui-command-options = Show the options of the sockets
ui-command-options-tip = Every option of a socket: what was asked, what the kernel has, what a fresh socket here has, and when it acts
ui-options-none = No socket yet, and no program. Add a program: here stands every option of its socket.
ui-options-nothing = No option here is like that. Look for another word, or show all of them.
ui-options-search = Find an option
ui-options-search-tip = Only options whose name, or what they do, contains this
ui-options-first = changed first
ui-options-first-tip = In each level, what was asked for or is other than on a fresh socket comes first
ui-options-only = only changed
ui-options-only-tip = Only what was asked for, or is other than on a fresh socket
ui-options-which = The socket
ui-options-which-tip = Whose options are shown: a socket, open or closed, or the one that a program is to make
ui-options-with = with
ui-options-with-none = none
ui-options-beside = The socket to compare with
ui-options-beside-tip = Another socket beside it, as what a listener has and what it accepted, or the same socket as it was before one of its calls
ui-options-refresh = Read all options again
ui-options-planned = { $program }, not started
ui-options-accepted = { $socket } { $program }, from { $peer }
ui-options-listener = { $socket } { $program }, listener
ui-options-socket = { $socket } { $program }
ui-options-closed = { $socket }, closed
ui-options-of = Options of { $sockets }
ui-options-name = option
ui-options-asked = asked
ui-options-effective = effective
ui-options-default = default here
ui-options-when = takes effect if set
ui-options-inherited = inherited
ui-options-systems = systems
ui-options-yes = yes
ui-options-no = no
ui-options-elsewhere = not on this system
ui-options-late = too late
ui-options-says-asked = asked { $value }
ui-options-says-effective = effective { $value }
ui-options-stop = .
ui-options-title-elsewhere = Not on this system: { $systems }
ui-options-title-will = Will be asked: { $asked }
ui-options-title-will-other = Will be asked { $asked } and be { $got }, because { $why }
ui-options-title-got-it = Asked { $asked }, and got it
ui-options-title-other = Asked { $asked }, got { $got }, because { $why }
ui-options-title-unlike = Asked { $asked }, got { $got }
ui-options-title-asked = Asked { $asked }; nobody has read it back
ui-options-title-unread = Cannot be read here: { $errno }
ui-options-title-not-asked = Not asked; there is nothing to read
ui-options-title-unknown = Nobody has read it
ui-options-title-told = The kernel says { $got }
ui-options-title-default = Not asked: { $got }, as every fresh socket here
ui-options-title-listener = Not asked: { $got } from its listener { $listener }; a fresh socket here has { $default }
ui-options-title-since = Not asked: { $got }; a fresh socket here has { $default }
ui-options-refused = setsockopt({ $option }, { $value }) was refused: { $errno }.
ui-options-privileged = Setting it takes rights that usual programs have not (CAP_NET_ADMIN): without them it fails with EPERM.
ui-options-fact-when = Acts if set { $when }
ui-options-fact-inherited = Inherited by accepted sockets: { $inherited }
ui-options-fact-systems = Systems: { $systems }
ui-options-fact-differs = Other on { $systems }
ui-options-fact-manual = Manual: { $page }
ui-options-cure-here = Set { $value } on { $socket }
ui-options-cure-here-tip = Sets it on this socket itself, where it still acts
ui-options-cure-restart = Restart { $program } with it
ui-options-cure-restart-tip = Asks for { $option } in the program's form and starts the program anew, so that it is set in time
ui-options-field = New value of { $option }
ui-options-field-tip = The value to set, as in the lab file: true, 4096, 5 s, none. Enter sets it.
ui-options-set = Set now
ui-options-set-tip = Calls setsockopt on the open socket, then getsockopt: both stand in the log
ui-options-ask = Ask for it
ui-options-ask-tip = Puts it into the program's form: it is set when the program is started
ui-options-history = HISTORY
ui-options-row = row { $row }
ui-options-did-set = set { $value }
ui-options-did-refuse = set { $value }: { $errno }
ui-options-did-read = read { $value }
ui-options-did-unread = read: { $errno }
ui-options-by-program = by the program
ui-options-by-person = by you
ui-options-by-lab = by the lab
ui-options-scale = { $least } B to { $most } B on this machine
ui-options-scale-asked = asked { $size }
ui-options-scale-got = got { $size }
ui-options-scale-default = default { $size }
ui-options-before-row = before row { $row }: { $call }
ui-options-past = { $socket } before row { $row }
ui-options-and = and
ui-options-now = now
ui-options-until = The later moment
ui-options-until-tip = The socket as it was before this row, or as it is now, beside what it was before the other
ui-options-title-not-yet = By then nobody had asked for it or read it
ui-options-history-of = HISTORY OF { $socket }
ui-options-recorded = The limits are those of the computer that recorded. What a fresh socket had there is not in a recording.
ui-options-recorded-other = What the computer that recorded allows, and what a fresh socket had there, is not known here.
ui-options-scale-recorded = { $least } B to { $most } B on the computer that recorded
## Tools: ports
ui-tool-ports = Ports
ui-command-ports = Ports: this machine's sockets
ui-command-ports-tip = The ranges of ports, and a live table of the sockets of this machine, as netstat -an lists them
ui-ports-refresh = Read the table now
ui-ports-period = How often the table is read
ui-ports-period-tip = The table is only read while it is shown
ui-ports-never = by hand
ui-ports-every = every { $seconds } s
ui-ports-ephemeral = { $first }–{ $last } given to clients on this machine
ui-ports-ephemeral-tip = Who binds port 0, or connects without bind, is given one of these (net.ipv4.ip_local_port_range)
ui-ports-internet = TCP and UDP
ui-ports-internet-tip = All sockets that have a port
ui-ports-tcp = TCP
ui-ports-tcp-tip = Those of TCP alone, over IPv4 and IPv6
ui-ports-udp = UDP
ui-ports-udp-tip = Those of UDP alone, over IPv4 and IPv6
ui-ports-unix = Unix
ui-ports-unix-tip = Those of Unix, which have paths or names in place of ports
ui-ports-any-state = any state
ui-ports-state-name = State that is shown
ui-ports-state-pick-tip = Show only the sockets in one state
ui-ports-filter = Filter
ui-ports-filter-tip = Words that a row must hold, of addresses, states, processes, users, programs: 9001 listen
ui-ports-copy-row = Copy row
ui-ports-copy-row-tip = Copy the chosen row, its columns separated by tabs (Ctrl+C in the table)
ui-ports-copy-all = Copy all
ui-ports-copy-all-tip = Copy all rows that are shown, with the heads of the columns
ui-ports-rows = Sockets of this machine
ui-ports-none = No socket is as the filter wants it
ui-ports-sort = Sort by { $column }
ui-ports-protocol = protocol
ui-ports-protocol-tip = As netstat writes it: a 6 at the end for IPv6, whose sockets may take IPv4 too
ui-ports-local = local
ui-ports-local-tip = The socket's own address; 0.0.0.0 and [::] stand for all addresses of this machine
ui-ports-remote = remote
ui-ports-remote-tip = The other side's address; * where there is none
ui-ports-state = state
ui-ports-state-tip = Of TCP as RFC 9293 writes it; how ss spells it stands in the tooltip of the row
ui-ports-waiting = waiting
ui-ports-waiting-tip = Bytes that came and that nobody has received; of a listener, connections that nobody has accepted
ui-ports-unsent = unsent
ui-ports-unsent-tip = Bytes that were sent and that the other side has not acknowledged
ui-ports-timer = timer
ui-ports-timer-tip = What the kernel does by itself, and when
ui-ports-owner = owner
ui-ports-owner-tip = The program of this lab, else the process with its number, and the user
ui-ports-clients = { $count ->
    [one] 1 client
   *[other] { $count } clients
}
ui-ports-kernel = kernel
ui-ports-kernel-for = kernel, of { $program }
ui-ports-of-user = a process of { $user }
ui-ports-of-other = a process that is hidden
ui-ports-reading = The table is being read …
ui-ports-count = { $shown } of { $all } sockets shown, read in { $took }.
ui-ports-hidden = { $count ->
    [one] The process of 1 of them is hidden: only its user and an administrator may see it.
   *[other] The processes of { $count } of them are hidden: only their users and an administrator may see them.
}
ui-ports-limits = Sockets that are only bound, or not even that, stand in no table of the kernel. What runs in another network namespace, as in a container, is not seen from here. Of Unix sockets the kernel tells neither the other side nor what waits.
ui-ports-not-here = The table of sockets is read on Linux alone; on { $system } it is not asked for yet. There, netstat -an shows it in a terminal.

# A socket call by call
ui-calls = Calls
ui-command-calls = Show a socket call by call
ui-command-calls-tip = Each method of a socket as a button, in any order: the kernel answers. For programs that are driven by hand
ui-calls-for = Here a socket is driven call by call: socket, bind, listen, accept, in any order, with any arguments, by several threads. Nothing is prevented, and the kernel answers.
ui-calls-for-more = That takes a program of its own kind, which makes no call but those you press.
ui-calls-add = Add a manual program
ui-calls-go = Go to { $program }
ui-calls-clear = Clear what was pressed ({ $count }): the program then begins with nothing
ui-calls-replay = Replay: start again and make the { $count } calls that were pressed
ui-calls-hints = Hint at next calls
ui-calls-hints-tip = Buttons tell which calls make sense from where the socket stands, which are possible and which the kernel will refuse. All can be pressed
ui-calls-new-socket = Socket
ui-calls-new-socket-tip = Another socket, beside those that are there
ui-calls-card-tip = { $socket } came this way: { $way }
ui-calls-ends = local { $local }  peer { $peer }
ui-calls-step-create = 1 Create
ui-calls-step-name = 2 Name
ui-calls-step-wait = 3 Wait for clients
ui-calls-step-connect = or connect
ui-calls-step-exchange = 4 Exchange bytes
ui-calls-step-end = 5 End
ui-calls-step-ask = Set and ask
ui-calls-sensible = makes sense next
ui-calls-possible = possible
ui-calls-refused = the kernel will say { $errno }
ui-calls-no-kernel = Python alone: no call into the kernel
ui-calls-no-arguments = takes no arguments
ui-calls-blocks = blocks
ui-calls-as = the new socket is called { $name } in the lab file
ui-calls-hex = hex
ui-calls-hex-tip = The bytes are typed in hexadecimal; else as text in the character set that is chosen
ui-calls-on = on
ui-calls-on-tip = The thread that makes the call. One that is blocked makes it when it has come out
ui-calls-idle = idle: thread { $number }
ui-calls-thread = thread { $number }
ui-calls-new-thread = a new thread
ui-calls-call = Call { $call }
ui-calls-call-tip = { $python }
ui-calls-no-socket = There is no socket yet: call socket first
ui-calls-not-running = The program does not run: call socket, and it starts. Replay makes the calls again that were pressed
ui-calls-said = { $call } returned { $result }
ui-calls-library = { $call } returned { $result }, without the kernel
ui-calls-failed = { $call }: { $errno }. { $meaning }
ui-calls-waits = thread { $thread }: { $ends }
ui-calls-waits-accept = it sleeps until a client connects, and uses no CPU meanwhile
ui-calls-waits-recv = it sleeps until the other side sends a byte or ends
ui-calls-waits-recvfrom = it sleeps until a datagram comes
ui-calls-waits-send = the buffers are full: it sleeps until the other side reads
ui-calls-waits-connect = it sleeps until the other side answers
ui-calls-waits-poll = it sleeps until the socket is ready or the timeout has passed
ui-calls-waits-other = it has not returned
ui-calls-wake = Wake it
ui-calls-wake-tip = The lab calls shutdown for reading, as a stop does: recv returns 0, accept says EINVAL, and a listener listens no longer
ui-calls-buffer = Buffer of { $size } B, written to last by row { $row }; what is not written over stays
ui-calls-buffer-none = This thread has received into no buffer yet
ui-calls-flag-peek = Reads and leaves the bytes where they are
ui-calls-flag-dontwait = Does not wait, this once: EAGAIN where it would
ui-calls-flag-waitall = Waits until the buffer is full or the stream ends
ui-calls-flag-oob = The urgent byte of TCP
ui-calls-flag-trunc = Returns the whole length of a datagram; throws the bytes of a stream away
ui-calls-flag-nosignal = No SIGPIPE where the connection is gone (Rust and Python ignore it anyway)
ui-calls-flag-more = More follows at once: what is sent waits for it, up to 200 ms
ui-calls-flag-dontroute = Only to the same network, past all routers
ui-stage-fresh = fresh
ui-stage-bound = bound
ui-stage-listening = listening
ui-stage-connecting = connecting
ui-stage-connected = connected
ui-stage-peer-done = nothing more to read
ui-stage-sending-done = nothing more to send
ui-stage-both-done = both halves ended
ui-stage-broken = broken: { $errno }
ui-stage-detached = detached
ui-stage-closed = closed
