# Sentences of the floor program.

# What a person stated as a message
program-data-file = { $path }: { $errno }. The file cannot be read.
program-data-no-file = { $path } is a folder, a device or a pipe. Choose a file.
program-data-too-large = { $path } is larger than { $most } MB, the most that is sent as one message.

# What a program tells in the trace
program-told-not-utf8 =
    { $bytes ->
        [one] 1 byte is not UTF-8: it was kept as it is and only the text around it reversed.
       *[other] { $bytes } bytes are not UTF-8: they were kept as they are and only the text around them reversed.
    }
program-told-bad-format = “{ $format }” is not a time format that can be used: { $error }. Try %Y-%m-%d %X.
program-told-waiting-again = Nothing came within the receive timeout. The program waits again.
program-told-no-reply = No reply came within the receive timeout. The program goes on without it.
program-told-silent = { $peer } was silent for the whole receive timeout. The server ends the connection.
program-told-send-timeout = The send timeout passed when { $sent } of { $all } bytes had been sent. The rest is given up.
program-told-truncated = The datagram is longer than the { $size } B of the buffer: the rest of it is gone. Raise the receive size.
program-told-more-broken = { $count } broken messages of this stream were told. What else is broken in it is not.
program-told-no-thread = The system gave no thread for { $socket }: { $error }. The connection is closed.
program-told-no-worker = The system gave { $threads } of the { $asked } threads of the pool: { $error }.
# A process for each connection
program-process-handed = Process { $number } has { $socket } now too, and serves the connection. The server closes its own copy, which ends nothing: a connection ends with its last copy.
program-process-ended = Process { $number } has come to its end (status 0). The server has waited for it (waitpid), so it does not stay behind as a zombie.
program-process-failed = Process { $number } has ended with status { $status }: it could not serve the connection. The server goes on.
program-process-killed = Process { $number } was ended by { $signal }, and the kernel has closed its connection. The server goes on: only this connection is gone.
program-process-late = Process { $number } did not end within { $seconds } s of being asked to, and was killed ({ $signal }).
program-process-lost = How process { $number } has ended is not known.
program-process-broken = What process { $number } told about its calls cannot be true. It was killed, and its connection is closed.
program-process-lacks = No process could be started for { $socket }: { $errno }. { $meaning } The connection is closed.
program-process-alone = This is how Socket Lab starts itself for one connection of a server (handling = "process-per-connection"). No connection was handed over: { $errno }.
program-process-elsewhere = On this system no process can be given a connection: that is done by the way of Unix, as the standard input.
program-files-raised = The limit of open files (RLIMIT_NOFILE) was { $before } and is { $now } now, so that all connections find room.
program-files-short = { $wanted } open files may be needed, and { $now } are allowed; this user may have { $most } at most. Raise the hard limit (ulimit -Hn) for more connections.
program-load-ended = The server ended a connection before it had answered.
program-told-not-charset = What was received is no text in { $charset }: it is answered unchanged.
program-told-notice = Note: { $notice }
program-told-kept = The stop word ends the client and is not sent.
program-told-skipped = An empty message is not sent.
program-told-talk-over = The talk with { $name } is over.
program-told-spin = { $count ->
        [one] recv returned 0 bytes once more, at once
       *[other] recv returned 0 bytes { $count } more times, at once
    }: a loop that does not look for 0 never ends, and keeps a processor busy.
program-told-gone = { $socket } is not open any more.
program-told-no-socket = No socket is open: { $option } is set on none.
program-told-nobody = There is nobody to send to.
program-told-no-connection = { $socket } has no connection that could be ended.
# Commands that are run for a peer
program-told-command = “{ $line }” ended with status { $status } after { $took }: { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    }.
program-told-command-silent = The command wrote nothing: there is nothing to send, and a peer that waits in recv goes on waiting.
program-command-outside = Commands are run for this computer alone: bind the server to 127.0.0.1 or [::1].
program-command-nul = The command line holds a NUL: it is refused.
program-command-lines = More than one line was received: one command at a time.
program-command-quotes = The command line has a quote or a backslash that nothing closes.
program-command-empty = The command line is empty.
program-command-refused = { $program } is refused: it is not on the list of this server, which is { $allowed }. There is no shell, so nothing is expanded.
program-command-argument = { $program } is refused with { $argument }: that could change this computer.
program-command-failed = { $program } could not be started: { $errno }.
program-command-long = cut after { $most } bytes, the most that is answered
program-command-late = ended after { $seconds } s, the longest a command may take
program-command-over = ended with the connection

# Unix sockets
program-unix-long = The path has { $length } bytes, and { $most } fit into the address of a Unix socket (sun_path). Take a shorter one.
program-unix-abstract = Only Linux has names of Unix sockets that stand in no folder. Take a path.
program-unix-no-folder = There is no folder for the socket: { $errno }. State a path.
program-unix-no-socket = { $path } is there and is no socket. It is left alone; take another path.
program-unix-in-use = A program is bound to { $path } at this moment. Stop it, or take another path.
program-unix-stale = { $path } was left behind: nobody is bound to it any more, but the file stays when a socket is closed. It is not from this lab, so remove it yourself or take another path.
program-unix-removed = { $path } was left behind by an earlier run of this lab, and nobody is bound to it any more. It is removed, and bind is tried again.
program-unix-not-removed = { $path } was left behind and cannot be removed: { $errno }. Take another path.
program-unix-unnamed = The sender is bound to no path, so it cannot be answered.

# TFTP: why a file is not sent or not taken
program-denied-name = The name could lead out of the folder: .., a stroke at either end, \, a drive and control characters are refused.
program-denied-missing = There is no such file.
program-denied-no-file = This is a folder, a device, a pipe or a link that leads elsewhere. Only files are sent and replaced.
program-denied-exists = There is a file of that name already.
program-denied-read-only = The server takes no files: its write is "deny".
program-denied-too-large = The file is larger than the { $most } bytes that it may have.
program-denied-too-many = { $most } files were taken already, the most that may be.
program-denied-full = write: { $errno }. { $meaning }
program-denied-system = { $call }: { $errno }. { $meaning }

# TFTP: what its programs tell
program-tftp-own-folder = The server offers a folder of its own, { $path }, which goes with it. Files to try: { $files }.
program-tftp-root = open({ $path }): { $errno }. { $meaning } The root of a tftp-server is a folder that exists.
program-tftp-own-folder-failed = No folder for files to try could be made: { $errno }. { $meaning } State a root.
program-tftp-port-69 = 69 is the port of TFTP, and belongs to the administrator on this system. Take 6969, or let the administrator lower net.ipv4.ip_unprivileged_port_start.
program-tftp-denied = { $peer } asks for { $name } and is refused. { $why }
program-tftp-busy = { $peer } is refused: { $most } transfers run already, the most that may.
program-tftp-again = { $peer } asks again while its transfer runs. It is not answered twice.
program-tftp-stranger = { $from } has no part in this transfer. It is told so by ERROR 5, and the transfer goes on.
program-tftp-cancelled = The transfer is cancelled. The other side is told by ERROR 0.
program-tftp-disk = { $name }: { $why }
program-tftp-saved = { $bytes ->
        [one] 1 byte was received
       *[other] { $bytes } bytes were received
    } and stand in { $path }.
program-tftp-kept = { $bytes ->
        [one] 1 byte was received
       *[other] { $bytes } bytes were received
    } and kept until a person saves them: see Transfers.
program-tftp-kept-many = { $name } cannot be kept: { $most } received files wait to be saved already. Save or discard some, or state where it goes.
program-tftp-not-kept = { $bytes ->
        [one] 1 byte was received
       *[other] { $bytes } bytes were received
    } and put nowhere: the client has no to.
program-tftp-failed = The transfer of { $name } has failed. { $why }
program-tftp-ended = { $name }: { $what } { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    } in { $took }, { $again ->
        [one] 1 packet
       *[other] { $again } packets
    } sent again, { $duplicates ->
        [one] 1 duplicate
       *[other] { $duplicates } duplicates
    } received.
program-tftp-counted = { $state ->
        [running] So far
       *[ended] In all
    } { $bytes ->
        [one] 1 byte is
       *[other] { $bytes } bytes are
    } across. After the first block { $packets ->
        [one] 1 packet was
       *[other] { $packets } packets were
    } counted, not recorded, in { $calls ->
        [one] 1 call.
       *[other] { $calls } calls.
    }
program-tftp-no-request = { $peer } sent what is no request. { $why }
program-tftp-nameless = Text and bytes have no name: state under which name they are put.
program-tftp-idle = The client has nothing to do: state what it gets or puts.

# HTTP: what its programs tell
program-http-own-folder = The server offers a folder of its own, { $path }, which goes with it: a page with a form, a text and a folder.
program-http-root = open({ $path }): { $errno }. { $meaning } The root of a http-server is a folder that exists.
program-http-own-folder-failed = No folder with pages to try could be made: { $errno }. { $meaning } State a root.
program-http-served = { $request }, read with { $receives ->
        [one] 1 receive
       *[other] { $receives } receives
    }: answered by { $status }, { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    }. The connection { $connection ->
        [stays] stays open
       *[ends] ends
    }.
program-http-refused = Refused by { $status }: { $why } The connection ends.
program-http-method = Only { $served } are served here.
program-http-too-large = The body is larger than the { $most } B that are taken.
program-http-expect = What is expected with “{ $found }” is not known here; 100-continue is.
program-http-idle = No request came for { $seconds } s. The server ends the connection.
program-http-late = The request took longer than { $seconds } s to come.
program-http-unfinished = The client ended the connection in the middle of a request.
program-http-shorter = The file became shorter while it was sent. Its length was promised, so the connection ends early.
program-http-not-modified = The client has this version already: only the head is sent, and it shows its copy.
program-http-other-version = The file is not, or no longer, the version that If-Match or If-Unmodified-Since means.
program-http-nowhere = The file has { $length } B, and no bytes in the range that is asked for.
program-http-several = Several ranges are asked for: this server sends one part or the whole, so the whole goes.
program-http-page-index = Index of { $path }
program-http-page-more = Only the first { $count } entries are listed.
program-http-page-form = What the form sent
program-http-page-sent = What was sent
program-http-page-body = { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    } of { $kind }
program-http-empty = The request is empty: there is nothing to send.
program-http-interim = { $request }: { $status } comes first, and the answer follows.
program-http-answered = { $request } is answered by { $status }: { $headers ->
        [one] 1 header
       *[other] { $headers } headers
    }, { $how ->
        [none] no body
        [length] a body of { $bytes } B, as Content-Length says
        [chunked] a body of { $bytes } B in chunks
       *[close] a body of { $bytes } B, up to the end of the connection
    }. The connection { $connection ->
        [stays] may stay open
       *[ends] ends
    }.
program-http-unanswered = The server ends the connection: { $count ->
        [one] 1 request is
       *[other] { $count } requests are
    } not answered.
program-http-anew = The server has ended the connection. The next request takes a new one.
program-http-beyond = { $bytes ->
        [one] 1 byte
       *[other] { $bytes } bytes
    } came beyond the answer. The connection is of no more use.
program-http-unreadable = The answer cannot be read. { $why }
program-http-silent-end = The server ended the connection without an answer.
program-http-cut-head = The server ended the connection in the head of its answer.
program-http-cut = The server ended the connection when { $came } of { $all } bytes of the body had come.
program-http-cut-chunks = The server ended the connection before the last chunk; { $came } bytes of the body had come.
program-http-no-answer = Nothing came for { $seconds } s. The answer is given up.
program-http-broken = The answer cannot be read: { $errno }.
program-http-kept = { $bytes ->
        [one] 1 byte was received
       *[other] { $bytes } bytes were received
    } as the body and kept until a person saves them (Ctrl+Shift+D).
program-http-not-kept = The body of { $name } cannot be kept: { $why }

# Why a program fails or refuses
program-told-cut = The file is cut into { $datagrams } datagrams of { $size } B. None of them is sent again, and nothing tells the receiver their order or where the file ends
program-told-file-ended = The file ends after { $sent } of { $all } B; what was sent cannot be taken back
program-told-rule = Rule { $number } answers: { $rule }
program-told-rule-failed = Rule { $number } fits, but has no answer. { $why }
program-told-no-rule = No rule fits, and nothing is answered
program-told-otherwise = No rule fits: the answer for all else
program-rule-long = The answer could be longer than { $most } KiB.
program-pattern-wrong = Character { $column } of the regular expression: { $why }
program-pattern-long = The regular expression is longer than { $most } bytes
program-pattern-big = The regular expression would take more than { $most } KiB
program-pattern-refused = The regular expression cannot be used: { $why }
program-link-begins = Seed { $seed }. To the server: { $there }. Back to the clients: { $back }
program-link-changed = The link is changed. To the server: { $there }. Back to the clients: { $back }
program-link-nowhere = There is nobody to pass it on to: the link has no server (connect)
program-link-full = The link has { $most } clients, and no more room: this one is not heard
program-link-unreachable = The server { $to } cannot be reached, so the client of this connection gets a reset. { $why }
program-link-unheard = Nobody answers at { $to }: what { $client } sends is lost. Over UDP the client is not told. { $why }
program-link-idle = Nothing came from or for { $client } for { $seconds } s: it is forgotten
program-link-broken = The connection with { $peer } is broken: { $other } gets a reset too
program-link-follows = { $from } answers in place of { $to }, as a server of TFTP does for each transfer: what { $client } sends goes there from now on. The client sees one port, the link's
program-link-port-gone = Nobody has { $from } any more: what the client sends goes to { $to } again
program-link-stranger = { $from } has no part in this: the client talks with { $to }. What it sends is not passed on
program-no-target = The client does not know whom to ask. State an address, or the name of a server of this lab.
program-name-first = { $name } also leads to { $others }. Only { $address } is asked: nothing here tells whether anybody answers, so the first address is taken.
program-name-outside = { $name } also leads to { $addresses }, which is not this computer's own. It is not asked: { $name } stands for this computer.
program-name-nowhere = { $name } leads to no loopback address here. Look at the hosts file, or state 127.0.0.1 or [::1].
program-name-unasked = { $name } could not be looked up: the system gave no thread ({ $detail }).
program-name-unanswered = { $name } leads to several addresses, and none of them answered: { $list }. { $why }
program-contact-nowhere = Nothing is sent to { $name }: the name of that computer led to no address.
program-name-probe = { $address } answers: all connections go there. This one is closed again.
program-refused-sending = Another list is being sent. Wait for its end, or stop it.
program-refused-full = The program is blocked in what it was asked before. Wait, disconnect the peer or stop the program.
program-refused-ended = The program does not run.
program-refused-no-thread = The system gives no more threads. End some programs first.

# What a program says that is driven by hand
program-manual-no-socket = { $call }: there is no socket { $socket } in this program. The call that makes it has failed, or has not returned
program-manual-timed-out = { $call }: poll found nothing within the { $limit } that settimeout has set. Python raises TimeoutError
program-manual-no-address = { $call }: nobody is known by { $whom }. That program does not run, or has bound no socket yet
program-manual-unix-name = { $call }: a Unix socket knows paths, not names of computers such as { $whom }. Write unix: and a path
program-manual-connect-ex = connect_ex returns { $number }, { $errno }, and raises nothing
program-manual-connect-ex-zero = connect_ex returns 0: it is connected
program-manual-sendall = sendall: { $sends } sends for { $bytes } B
program-manual-line = readline of makefile returns { $length } B: { $line }. { $left ->
        [0] Nothing more waits in the buffer of the file
       *[other] { $left } B wait in the buffer of the file, which recv does not see
    }
program-manual-close-waits = { $socket } is given up, but a thread is still in a call on it: close does not wake it. close(2) is made when that call returns, so that its number cannot become a stranger's before
program-manual-detached = { $socket } has no number any more. Number { $number } is open all the same and belongs to the program: close on { $socket } does nothing now, and the connection goes on until the program ends
