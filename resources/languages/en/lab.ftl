# Sentences of the floor lab.

## Errors of a lab file

lab-error-at = { $place }: { $fault }
lab-errors-more =
    { $count ->
        [one] and one more error
       *[other] and { $count } more errors
    }
lab-fault = { $what }; expected { $expected }
lab-fault-nearest = { $what }; expected { $expected }; did you mean { $nearest }?

lab-type-wrong = { $key } is { $found }
lab-value-wrong = { $key } cannot be “{ $value }”
lab-key-unknown = { $of } has no { $key }
lab-key-unknown-lab = a lab has no { $key }
lab-key-elsewhere = { $of } has no { $key }, only { $others } has
lab-key-missing = a program without its { $key }
lab-list-long = { $key } has { $count } entries
lab-data-twice = { $key } states its data twice
lab-name-unknown = “{ $name }” is neither a file nor a sample
lab-expected-lab = the path of a lab file, or one of the samples { $samples }
lab-file-unreadable = { $file }: { $errno }. { $meaning }
lab-file-long = the file is too long for a lab
lab-file-encoding = the byte { $byte } is not UTF-8
lab-program-single = program is not a list of programs

lab-programs-many = the lab has { $count } programs
lab-name-taken = Another program is called “{ $name }” already
lab-name-twice = name “{ $name }” is taken by a program above
lab-connect-missing = { $program } has no connect, and a { $kind } must know whom to ask
lab-connect-port = connect cannot be { $address }: port 0 is nobody's
lab-connect-unknown = connect names @{ $name }, and no program has that name
lab-connect-unbound = connect names @{ $name }, which has no bind
lab-connect-self = connect names @{ $name }, which is this program itself
lab-connect-later = connect names @{ $name }, which starts later and learns its port only then
lab-connect-family = a socket bound to { $bind } cannot reach { $connect }: it has one family
lab-connect-kind = connect names @{ $name }, a { $kind }, which a { $own } cannot reach
lab-send-nowhere = { $program } has something to send and no connect
lab-get-or-put = { $program } has nothing to do: a tftp-client either gets a file or puts one
lab-get-and-put = { $program } is to get a file and to put one: a tftp-client does one of both
lab-put-nameless = { $program } puts text or bytes, which have no name
lab-framing-long = framing has messages of { $length } B, and max_message is { $most }
lab-framing-beside = { $key } belongs to a framing by length alone
lab-option-unknown = no socket option is called { $option }
lab-option-refused = { $option } does nothing on a socket of { $family } and { $kind }

lab-set-form = “{ $argument }” replaces nothing
lab-set-program = no program is called { $name }

lab-toml-duplicate = this name stands here for the second time
lab-toml-unquoted = text needs quotes
lab-toml-lookalike = { $found } stands where TOML has { $wanted }
lab-toml-no-value = nothing stands behind the key
lab-toml-unclosed-list = a list has no ]
lab-toml-unclosed-table = a table has no {"}"}
lab-toml-unclosed-header = a heading has no ]
lab-toml-comma = a comma is missing
lab-toml-extra-comma = a comma too many
lab-toml-string = the text has no closing quote, or a character that must be written as an escape
lab-toml-escape = \ stands before something that is no escape
lab-toml-key = a key cannot hold this character
lab-toml-other = not TOML: { $detail }

lab-found-text = text
lab-found-number = a number
lab-found-fraction = a number with a decimal point
lab-found-flag = true or false
lab-found-date = a date
lab-found-list = a list
lab-found-table = a table

lab-expected-toml = TOML such as backlog = 5
lab-expected-bytes = at most { $most } bytes
lab-expected-encoding = a text file that was saved as UTF-8
lab-expected-program = a heading [[program]] for each
lab-expected-programs = at most { $most }
lab-expected-name = a name of up to 40 letters, digits, - and _
lab-expected-own-name = a name of its own
lab-expected-word = { $words }
lab-expected-number = a whole number from { $least } to { $most }
lab-expected-flag = true or false
lab-expected-time = a length of time such as "5s" or "200ms", from { $least } to { $most }
lab-expected-address = an IP address and a port up to 65535, such as "127.0.0.1:9001" or "[::1]:9001"
lab-expected-target = an address or a name and a port from 1 to 65535, such as "127.0.0.1:9001", "[::1]:9001" or "localhost:9001", or @ and the name of a program
lab-expected-port = a port from 1 to 65535
lab-expected-bound = a program with a bind
lab-expected-earlier = a program above this one, or one whose bind has a port
lab-expected-family = two addresses of IPv4 or two of IPv6
lab-expected-alike = a server of the same family and type
lab-expected-path = a path of at most { $most } bytes such as "unix:/tmp/lab.socket", or on Linux a name such as "unix:@lab"
lab-expected-path-target = "unix:/tmp/lab.socket", on Linux "unix:@lab", or @ and the name of a program
lab-expected-connect = a connect that says where to
lab-expected-length = text of { $least } to { $most } characters
lab-expected-text = text in quotes
lab-expected-format = a format of strftime, such as "%H:%M:%S"
lab-expected-hex = two hexadecimal digits a byte, such as "00 ff"
lab-expected-file = the name of a file
lab-expected-data = "text", {"{"} hex = "00 ff" {"}"} or {"{"} file = "x.bin" {"}"}
lab-expected-content = the path of a file, or {"{"} text = "hello" {"}"} or {"{"} hex = "00 ff" {"}"}
lab-expected-numbers = a list of whole numbers from 1 on, such as [3, 4]
lab-expected-rules = a table such as {"{"} rules = [{"{"} exact = "hello", answer = "hi" {"}"}], otherwise = "what?" {"}"}
lab-expected-rule = one of exact, prefix, contains and regex, and an answer, such as {"{"} prefix = "add ", answer = "added" {"}"}
lab-expected-regex = a regular expression, such as '^(\d+) (?<what>\w+)$'
lab-expected-said = text, or {"{"} hex = "00 ff" {"}"}
lab-rule-twice = a rule has one condition, and this is the second
lab-rule-file = a rule holds no file
lab-expected-way = a table such as {"{"} delay = "20ms", jitter = "5ms" {"}"}
lab-expected-faults = a table such as {"{"} seed = 7, loss = 10 {"}"}
lab-expected-framing = "none", "line", or a table such as {"{"} fixed = 16 {"}"}, {"{"} delimiter = '\r\n' {"}"}, {"{"} length = 2 {"}"} or {"{"} line = "crlf" {"}"}
lab-expected-delimiter = 1 to { $most } bytes as text with escapes, such as '\r\n' or '\xff'
lab-expected-max-message = a max_message of { $length } at least
lab-expected-get = either get = "name" or put = "file"
lab-expected-as = as = "the name on the server"
lab-expected-fixed = what is answered: {"{"} fixed = "text" {"}"}
lab-expected-reply = {"{"} fixed = "text" {"}"}, {"{"} time = "%H:%M" {"}"} or {"{"} command = ["date"] {"}"}
lab-expected-send = a list such as ["hello", {"{"} hex = "00 ff", repeat = 3 {"}"}]
lab-expected-outgoing = "text", or one of text, hex and file in a table such as {"{"} hex = "00 ff", repeat = 3 {"}"}
lab-expected-entries = at most { $most }
lab-expected-errors = a list such as ["ECONNREFUSED"]
lab-expected-errno = the name of an error as in C, such as "ECONNREFUSED"
lab-expected-options = a table such as {"{"} SO_REUSEADDR = true, SO_RCVTIMEO = "5s" {"}"}
lab-expected-option = the name of an option as in C, such as SO_REUSEADDR
lab-expected-option-value = one value for { $option }
lab-command-outside = a server that runs commands cannot be bound to { $bind }: others could reach it
lab-command-unasked = { $program } runs commands for others that are not known to be harmless, and nobody has permitted that for this start
lab-expected-loopback = a loopback address, such as 127.0.0.1:8080
lab-expected-commands = "any", or a list of programs such as ["date", "echo"]
lab-expected-contacts = a table such as {"{"} "Ann" = "127.0.0.1:8081" {"}"}
lab-expected-contact = one of the contacts: { $contacts }
lab-expected-charset = a character set that has all characters of what is sent, such as "UTF-8"
lab-contact-name = a contact cannot be called “{ $name }”
lab-contact-unknown = there is no contact called { $name }
lab-expected-set = program.key=value, such as server.bind=127.0.0.1:0

## Files
lab-file-not-one = { $file } is no file
lab-file-failed = { $call } of { $file } failed with { $errno }. { $meaning }

## Fields

lab-field-name = What the program is called; others name it as @name.
lab-field-kind = What the program is: it decides which fields it has.
lab-field-bind = The address others reach it at. Port 0 asks the kernel for any free port.
lab-field-bind-tftp = The address others reach it at. 69 is the port of TFTP and belongs to the administrator; 6969 is for everyone.
lab-field-bind-client = The address it sends from. Without it the kernel chooses one when the program connects or sends.
lab-field-bind-unix = The path of its socket, or on Linux a name in no folder (unix:@name). Without it a server has a path of its own, which goes with it.
lab-field-connect-unix = Whose socket it asks: a path, on Linux a name in no folder (unix:@name), or @ and the name of a program of this lab.
lab-field-connect = Whom it asks: an address, a name such as localhost (its addresses are tried in order), or @ and the name of a program of this lab, whose port may then be 0.
lab-field-connect-timeout = How long connect may take. Without it the kernel decides, which can mean minutes.
lab-field-backlog = How many connections may wait to be accepted. Linux lets one more wait.
lab-field-recv-size = How many bytes it asks each receive for. What does not fit stays in the stream, or is cut off the datagram.
lab-field-reply = What it answers: echo, upper, reverse, time, command, manual, none, or always the same text or bytes.
lab-field-handling = Whether clients are served one after the other, each by a thread of its own, by the threads of a pool, each by a process of its own (Linux and macOS), or all by one thread that asks the kernel who is ready. What the kernel knows of a connection (Alt+6) is not read while another process has it.
lab-field-pool-size = How many threads a thread-pool has. A connection that finds none free waits.
lab-field-load-connections = How many connections it makes, all of them at once as far as the server accepts them.
lab-field-load-messages = How many messages each connection sends, each when the one before was answered.
lab-field-load-size = The bytes of each message. As many are awaited as an answer, so the server is to echo.
lab-field-load-think = How long each connection rests between an answer and the next message.
lab-field-framing = By what messages are told apart in the stream, both ways: none, fixed, delimiter, length or line. Each reply is about one message.
lab-field-max-message = The bytes of the longest message that it takes where it has a framing. A longer one is told and skipped.
lab-field-stop-word = A message that ends the connection it comes on. A client that sends or receives it ends.
lab-field-charset = The character set of its text: of what it sends, greets with, answers always, and reverses.
lab-field-greeting = What it sends to each new peer, before its first recv.
lab-field-notice = What the log tells of each new peer (TCP) or each datagram (UDP), with the peer's address in the place of {"{}"}.
lab-field-prefix = What stands before each message it sends: a format of strftime such as [%c]: with the contact's name in the place of {"{}"}. The stop word stands alone.
lab-field-connections = How many connections it accepts before it closes its listener and ends. Without it any number.
lab-field-messages = How many messages it takes of each connection before it closes it; 0 closes it at once. Without it any number.
lab-field-messages-udp = How many datagrams it takes before it ends. Without it any number.
lab-field-spin = How often it calls recv again after the peer has ended its side: what a loop does that never looks for 0 bytes.
lab-field-contacts = Whom it can talk to by name: each with an address, a computer by its name such as localhost, or @ and the name of a program. Several names may have one address.
lab-field-skip-empty = Whether empty messages are left unsent.
lab-field-stop-empty = Whether an empty datagram ends it.
lab-field-stop-case = How the stop word is compared: exact, either (in capitals or not), or typed: exactly what is received, either what a person types.
lab-field-stop-at-server = What becomes of the stop word: received ends the connection unanswered, answered answers it first.
lab-field-stop-at-client = What becomes of the stop word: sent ends the client when it has gone, typed ends it in its place, returned ends it when it comes back.
lab-field-send-to = The contact it goes to.
lab-field-options = Socket options by their names in C, set in this order before anything else is done with the socket.
lab-field-expect = Errors that belong to the lesson: they do not fail the run.
lab-field-send = What it sends by itself, in this order. With nothing to send it stays connected and sends what a person types.
lab-field-root = The folder it offers. No name leads out of it. Without it the server makes one of its own, with a few files to try.
lab-field-write = What others may write: deny, create (names that are free) or overwrite. A file stands under its name when it is whole.
lab-field-get = The name of the file it fetches from the server.
lab-field-to = Where what it fetched is put when it is whole; a file that is there is replaced. Without it the window keeps it until it is saved; socket-lab run counts the bytes and puts them nowhere.
lab-field-put = The file it sends to the server, or what it would hold: {"{"} text = "hello" {"}"}.
lab-field-as = The name that what it sends is to have on the server. Without it that of the file.
lab-field-mode = How bytes are put into packets: octet as they are, netascii as text whose lines end with CR LF.
lab-field-blksize = The bytes of a block that it asks for (RFC 2348). Without it blocks have 512.
lab-field-blksize-server = The bytes of a block that it grants at most (RFC 2348).
lab-field-windowsize = How many blocks go before an ACK comes back, as it asks for (RFC 7440). Without it one.
lab-field-windowsize-server = How many blocks may go before an ACK comes back, as it grants at most (RFC 7440).
lab-field-timeout = After how many seconds a packet is sent again, as it asks for (RFC 2349). Without it the measured round trip decides.
lab-field-tsize = Whether it asks how large the file is, or says so (RFC 2349).
lab-field-error-style = How it speaks: rfc, or tutorial, which knows no options and says ERROR 5 "error" whatever is wrong.
lab-field-record = What of a transfer stands in the trace: packets, all of them; or counts, the opening and how many followed, several in one call where the system can, which is much faster.
lab-field-single-port = Whether it answers from the port it is asked at, as firewalls like it, in place of a fresh one for each transfer.
lab-field-max-transfers = How many transfers it has at a time, at most.
lab-field-max-size = How many bytes a file that it takes may have.
lab-field-max-files = How many files it takes while it runs.
lab-field-bind-http = The address others reach it at. 80 is the port of HTTP and belongs to the administrator; 8080 is for everyone.
lab-field-request = What it sends, as text. {"{host}"} in a Host line becomes the address that is asked, {"{length}"} in the head the number of bytes behind the blank line.
lab-field-line-ends = With what the lines of the request end: CR LF, as HTTP wants it, or LF alone.
lab-field-repeat-request = How often the request is sent: over the same connection, as long as the server leaves it open.
lab-field-root-http = The folder it offers to browsers. No path leads out of it. Without it the server makes one of its own, with pages to try.
lab-field-keep-alive = Whether connections stay open after an answer, where the client wants that too.
lab-field-idle-timeout = How long a request or an answer may take to come, and how long a server leaves a silent connection open.
lab-field-max-head = The longest head that is read, in bytes: 414 or 431 answers longer ones.
lab-field-max-body = The longest body that is taken, in bytes: 413 answers longer ones.
lab-field-bind-link = The address at which the clients reach the link, in the place of the server's.
lab-field-connect-link = To whom the link passes on what it gets: an address, or @ and the name of a program of this lab.
lab-field-seed = What chance begins with: the same number and the same messages, the same faults.
lab-field-idle = After how long without a datagram a client is forgotten and its socket closed.
lab-field-there = What happens on the way from the clients to the server. Can be changed while the link runs.
lab-field-back = What happens on the way from the server back to the clients. Can be changed while the link runs.
lab-way-delay = How long everything is held before it goes on.
lab-way-jitter = How much longer it is held at most, drawn by chance for each; the order stays.
lab-way-loss = How many of a hundred datagrams are lost.
lab-way-duplicate = How many of a hundred datagrams go on twice.
lab-way-reorder = How many of a hundred datagrams go after the one behind them, or 100 ms later where none comes.
lab-way-rate = How many bytes a second go on; 0 sets no limit.
lab-way-queue = How many bytes wait in the link at most. A datagram that does not fit is lost; a stream is not read on until there is room.
lab-way-slice = The stream goes on in pieces of so many bytes, each by a send of its own; 0 cuts nothing.
lab-way-gap = The pause behind each piece, so that the receiver's recv finds it alone.
lab-way-glue = Bytes are collected until there are so many, and go on together; 0 collects nothing.
lab-way-glue-time = How long they are collected at most.
lab-way-stall = While it is on nothing goes on. The kernel of the link still acknowledges and answers keepalives, so neither side notices.
lab-way-reset-after = After so many bytes both connections are reset (SO_LINGER 0, close): each side gets an RST; 0 does not.
lab-field-faults = What the lab lets happen to its datagrams, as a network might; each is a row of the log.
lab-fault-seed = What chance begins with: the same number, the same faults.
lab-fault-loss = How many of a hundred datagrams are lost, each way.
lab-fault-duplicate = How many of a hundred come twice, each way.
lab-fault-late = How many of a hundred are late by delay, each way.
lab-fault-delay = By how much the late ones are.
lab-fault-drop-data = Which DATA packets of each transfer are lost, counted from 1 as they come by.
lab-fault-drop-ack = Which ACK packets of each transfer are lost, counted likewise.
lab-field-repeat = How often it is sent.
lab-field-every = How long it rests after each time.
lab-field-wait-reply = Whether it waits for one reply after each time.

## Why a program has no script for its other side

lab-script-no-program = There is no program called { $program }
lab-script-no-target = { $program } asks nobody yet: state whom it connects to, and there is a script for its other side
lab-script-no-place = { $target } has no address yet: state one, and there is a script for the other side
lab-script-no-calls = { $program } has made no call yet at whose other side anybody could be: bind and listen, connect, or send to an address
lab-script-both-sides = The calls of { $program } are both sides already: nobody is missing

## Samples

lab-sample-first-echo = First echo: a TCP server that answers what it is told
lab-sample-udp-echo = UDP echo: the same with datagrams
lab-sample-upper = Upper case: a TCP server that answers in capital letters
lab-sample-reverse = Reverse: a TCP server that answers backwards, character by character
lab-sample-time = Time: a UDP server that answers with the time of day in the format it is sent
lab-sample-chat = Chat: a TCP server whose answers a person types
lab-sample-auto-reply = Answers by rules: exact, prefix, contains, regex
lab-sample-link-tcp = A link that cuts and glues: one send is not one recv
lab-sample-link-udp = A link that loses: ten datagrams and what arrives
lab-sample-link-tftp = A file by TFTP over a link that loses
lab-sample-tcp-against-udp = TCP against UDP: the same messages over both
lab-sample-handling = Ways to handle clients: the same load on five servers
lab-sample-unix = Unix sockets: streams and datagrams within this machine, by path
lab-sample-calls = Call by call: a server's and a client's calls, each pressed by hand
lab-sample-ipv6 = IPv6 and dual stack: one server for both, another for IPv6 alone
lab-sample-localhost = A name in place of an address: localhost
lab-sample-sticky = Sticky packets: the same ten messages under five framings
lab-sample-tftp-download = TFTP download: a client fetches a file, block by block
lab-sample-tftp-upload = TFTP upload: a client sends a text, which stands on the server when it is whole
lab-sample-tftp-tutorial = TFTP as in the tutorials: a bare server without options
lab-sample-http-browser = HTTP server: a page for your own browser
lab-sample-http-client = HTTP client: a request by hand, line by line
lab-sample-http-close = Keep-alive and close: three requests over one connection, or over three
lab-sample-echo-stamped = Echo with the time: a TCP client that puts the time before each line
lab-sample-tcp-or-udp = TCP or UDP: the same address for both
lab-sample-time-reply = Reply with the time: a TCP server that puts the time before its echo
lab-sample-accept-close = Accept and close: a TCP server that takes one connection and closes it
lab-sample-upper-once = Upper case, once: one connection, one message, one answer
lab-sample-upper-loop = Upper case, a loop of messages: one connection until its end
lab-sample-one-shot = One question: a TCP server that receives once, answers and closes
lab-sample-nothing-sent = Nothing sent, both wait: what an empty line does to a client and a server
lab-sample-udp-answer = One answer for all: a UDP server that always says the same
lab-sample-udp-hello = One datagram each way: hello is answered with hi
lab-sample-udp-send = Send one datagram: a UDP client that waits for nothing
lab-sample-udp-receive = Receive one datagram: a UDP server that shows both halves of recvfrom
lab-sample-bank-clerk = Bank clerk: one TCP server at a time, two clients
lab-sample-turns = Turn by turn: a TCP chat that exit ends on both sides
lab-sample-contacts = Contacts: a UDP client that talks to names, several at one address
lab-sample-remote-command = Remote command: a TCP server that runs what it is sent, within bounds
lab-topic-tcp = Streams (TCP)
lab-topic-udp = Datagrams (UDP)
lab-topic-families = Families (Unix, IPv6)
lab-topic-people = People type
lab-topic-tftp = Files (TFTP)
lab-topic-http = Pages (HTTP)
lab-watch-first-echo = Each send of one side is a recv of the other; the bytes are the same.
lab-watch-echo-stamped = Each message carries the time it was sent at; q ends the client and never reaches the wire.
lab-watch-tcp-or-udp = Both servers bind 9001 and neither is in the way: start them one by one, and see which client is refused. TCP or UDP is also a choice in the form of each program, under Kind, before it is started.
lab-watch-time-reply = The answer is longer than the question: recv returns what came, and no more than it was asked for.
lab-watch-accept-close = The client's recv returns 0 bytes: that is how the end of a connection looks.
lab-watch-reverse = The answer has the same bytes in another order: each character is reversed as a whole.
lab-watch-upper-once = The server closes two sockets, the one that accept returned and the one that listened.
lab-watch-upper-loop = After the client's close recv returns 0 bytes at once, again and again: a loop that never looks for 0 spins (here 20 times).
lab-watch-upper = The server serves one connection after the other: the next client is accepted when the one before it has closed.
lab-watch-remote-command = There is no shell: ; and | are letters, and a program that is not on the list is refused. A long answer takes several recv.
lab-watch-one-shot = recv, send, close: the client reads the answer first and the end after it.
lab-watch-nothing-sent = send of 0 bytes puts nothing on the wire: both wait in recv until the client's receive timeout passes.
lab-watch-auto-reply = The note before each answer says which rule it is of. Move a rule in the form of the server, and another one answers.
lab-watch-link-tcp = One send of the client is three recv of the server, and its three answers come back as one. Tick Stall in the form of the link and type into by-hand.
lab-watch-link-udp = Which of the ten get no answer, and on which way the link lost them: seed 7 always loses the same. Move Lost while the client runs again.
lab-watch-link-tftp = In the view Transfers, how a window with a hole is sent again from the hole on, and that the file is complete all the same.
lab-watch-tcp-against-udp = Start all, and open the tool TCP against UDP (Alt+C): what each needed, and what came of it where nobody listens.
lab-watch-handling = When all loads have ended, look at the view Load: the latencies of the latest, and how many threads and processes each server took for it.
lab-watch-unix = Look at the addresses: a path in place of a port. The client of datagrams is bound as well, or nobody could answer it.
lab-watch-calls = Look at the view Calls (Alt+9): each side is a list of calls and nothing else. Press some more, in any order, and see what the kernel says.
lab-watch-ipv6 = Look at whom accept returns: who asks by IPv4 comes as ::ffff:127.0.0.1. The server with IPV6_V6ONLY refuses such a client.
lab-watch-localhost = Look at what getaddrinfo gives. Where [::1] is among it, that attempt is refused, since the server is there for IPv4 alone, and the next one, 127.0.0.1, is answered. Each row says how long it took.
lab-watch-sticky = Look where each recv of server-none begins and ends, and where the messages of the other servers do: choose a recv, its messages stand in the details.
lab-watch-udp-echo = Every datagram is one message: what was sent at once arrives at once, or not at all.
lab-watch-udp-answer = Nobody connects: each recvfrom says who sent, each sendto says where to. An empty datagram ends the server.
lab-watch-udp-hello = sendto and recvfrom, once each: no listen, no accept, no connection to close.
lab-watch-time = The format travels, and the time comes back; a bad format is answered in words.
lab-watch-udp-send = Start the client alone: sendto succeeds though nobody is there.
lab-watch-udp-receive = The bytes, the address they came from, and the text they mean: 9 bytes are 3 characters.
lab-watch-chat = Type what the server answers in the box below the log, while it waits in recv; q ends the connection.
lab-watch-bank-clerk = The second client is connected but not accepted: it waits in the queue of the listener until the first says q.
lab-watch-turns = Type in the box below the log, first for the client, then for the server; an empty line is not sent.
lab-watch-contacts = Choose a name in the box below the log: the server sees one address and reads the name in the message.
lab-watch-tftp-download = A fresh port for the transfer, one ACK for each DATA, and a short block as the end.
lab-watch-tftp-upload = The server acknowledges the request as block 0, and puts the file in its place when the last block has come.
lab-watch-tftp-tutorial = Ask for a file that is not there: the answer is ERROR 5, whatever the standard says.
lab-watch-http-browser = Start it and open its address in your browser: each request is a row, and its details tell every line of it.
lab-watch-http-client = The request is a text. Leave out the Host, or write a wrong Content-Length, start again, and read what the server says.
lab-watch-http-close = Count the connects: keep has one for three requests, close has three.

## Sessions

lab-target-not-running = { $program } was not started: @{ $target } is not bound to an address, since it is not running
lab-not-started = { $program } could not be started: { $detail }
lab-busy = Too many commands at once: this one was not taken
lab-unknown-program = No program of this lab is called { $name }
lab-running = { $program } is running: stop it before it is changed
lab-not-running = { $program } is not running
lab-reachable = { $program } can be reached from other machines: it is bound to { $address }

## What is in the way of a program before it is started
lab-obstacle-privileged = Port { $port } belongs to the administrator: on this system others may bind { $first } and above. bind will fail with EACCES.
lab-obstacle-running = { $program } of this lab has this address: bind will fail with EADDRINUSE.
lab-obstacle-planned = { $program } of this lab is to have this address too: whoever starts second fails with EADDRINUSE.
lab-obstacle-process = { $process } (process { $number }) has this address: bind will fail with EADDRINUSE.
lab-obstacle-somebody = Another program on this computer has this address: bind will fail with EADDRINUSE.
lab-obstacle-perhaps-process = { $process } (process { $number }) has all addresses of IPv6: bind will fail with EADDRINUSE, unless IPV6_V6ONLY is set there.
lab-obstacle-perhaps-somebody = Another program on this computer has all addresses of IPv6: bind will fail with EADDRINUSE, unless IPV6_V6ONLY is set there.
lab-obstacle-closed = Connections that were closed less than a minute ago still have this port: without SO_REUSEADDR bind will fail with EADDRINUSE.

# The calls of a program that is driven by hand
lab-field-calls = The calls that are made by hand, in order: they are made again when the program starts
lab-call-socket = The socket on which the call is made, by its name in this program; socket gives the name
lab-call-call = The method, by its name in Python
lab-call-thread = The thread that makes the call
lab-call-family = The family of the addresses
lab-call-type = A stream of bytes, or datagrams
lab-call-address = An IP address with a port, a name such as localhost with a port (looked up, the first address is taken), unix: and a path, or @ and the name of a program or of a bound socket of this program
lab-call-backlog = How many connections may wait to be accepted; Linux lets one more wait
lab-call-as = The name of the new socket
lab-call-data = The bytes to send
lab-call-size = The length of the buffer in bytes
lab-call-flags = Flags of this one call
lab-call-how = Which half of the connection ends
lab-call-option = The option, by its name in C
lab-call-options = One option and its value
lab-call-on = Whether calls wait
lab-call-timeout = How long calls wait in poll; none waits for ever
lab-call-request = What the kernel is asked
lab-calls-full = The program keeps { $most } calls already. Clear what was pressed
lab-call-key = { $call } has no argument { $key }
lab-call-missing = { $call } needs { $key }
lab-call-one-option = setsockopt sets one option, and here are { $count }
lab-call-unmade = No call before this one makes a socket { $socket }
lab-call-twice = There is a socket { $socket } already
lab-call-nobody = Call { $number }, { $call }, asks @{ $name }: no program of this lab and no socket of this program is called so
lab-expected-calls = a list of calls
lab-expected-call = a call such as {"{"} socket = "a", call = "listen", backlog = 1 {"}"}
lab-expected-like = something like { $example }
lab-expected-made = first a call = "socket", which makes one
lab-expected-words = a list of words
lab-expected-any-target = an address or a name with a port, unix: and a path, or @ and a name

## Why a call failed: the causes

lab-cause-listening = { $program } listens there with { $socket } since row { $row }.
lab-cause-bound = { $program } has bound { $socket } to it in row { $row }. SO_REUSEADDR on one of two sockets is not enough.
lab-cause-dual = { $program } has bound { $socket } to all addresses of IPv6 in row { $row }, and with them those of IPv4. With IPV6_V6ONLY set on it before bind, IPv4 stays free.
lab-cause-time-wait = A connection that this side closed first keeps the port: it is in TIME_WAIT, for { $left } more. { $why }
lab-cause-time-wait-before = A connection that this side closed first kept the port in TIME_WAIT, for a minute from its close. { $why }
lab-why-reuse-neither = SO_REUSEADDR was set on neither side; Linux wants it on the old sockets and on the new one.
lab-why-reuse-only-new = This socket has SO_REUSEADDR, the old one had not; Linux wants it on both.
lab-why-reuse-only-old = The old socket had SO_REUSEADDR, this one has not; Linux wants it on both.
lab-why-reuse-perhaps-old = This socket has SO_REUSEADDR, so the old one had not; Linux wants it on both.
lab-why-reuse-not-new = This socket has no SO_REUSEADDR; Linux wants it on the old sockets and on the new one.
lab-cause-still-open = { $program } still has a connection of this port, { $socket }, open since row { $row }. With SO_REUSEADDR on both sides the port could be had all the same.
lab-cause-process = { $process } (process { $number }) has { $address }.
lab-cause-somebody = A program of this computer that this lab may not look at has { $address }.
lab-cause-path-left = The file { $path } is there already: a Unix socket leaves it behind. Delete it, or take another path.
lab-cause-ports-out = No port of the range from which the system chooses is free.
lab-cause-unlisted = Another program may have bound the address without listening: such sockets stand in no table of the system.
lab-cause-privileged = Port { $port } belongs to the administrator: on this system others may bind { $first } and above.
lab-cause-not-mine = No interface of this computer has { $address }. Its own are { $own }.
lab-cause-other-family = The socket is of { $socket }, but { $address } is an address of { $wanted }.
lab-cause-bound-before = The socket got its address in row { $row }: bind works once.
lab-cause-no-path = There is no file { $path }: no socket was bound to it, or it was deleted.
lab-cause-datagram = This is a datagram socket: it has no connections, and so no { $call }.
lab-cause-connected-before = The socket is connected with { $peer } since row { $row }.
lab-cause-listens-itself = The socket listens since row { $row }: a listener cannot connect.
lab-cause-unbound = The socket has no address yet: bind comes before listen on this system.
lab-cause-no-listen = listen was not called on this socket: the order is bind, listen, accept.
lab-cause-listener-shut = The socket listened since row { $row } and was shut down meanwhile: its program is being stopped.
lab-cause-closed-before = { $program } listened there until row { $row }, when it closed { $socket }.
lab-cause-listens-later = { $program } listens there with { $socket } only since row { $row }: the server came too late.
lab-cause-not-listening = { $program } has bound { $socket } to it in row { $row } and has not called listen.
lab-cause-only-v6 = { $program } listens with { $socket } on IPv6 alone: IPV6_V6ONLY was set in row { $row }.
lab-cause-other-protocol = { $socket } of { $program } has port { $port }, but for datagrams: UDP and TCP have ports of their own.
lab-cause-other-address = { $program } listens on this port with { $socket }, but at { $address }.
lab-cause-failed-to-start = { $program }, which was to have this address, failed in row { $row }.
lab-cause-nobody-listens = No program of this lab has ever listened on { $address }. Start the server first, and compare address and port.
lab-cause-queue-full = { $program } listens there with { $socket } since row { $row } and takes nobody out of its queue: it is full.
lab-cause-nobody-answers = Nobody at { $address } answers: the machine is off, or a firewall drops what is sent there.
lab-cause-connecting = The connect of row { $row } is still going on.
lab-cause-refused-before = The connect of row { $row } has failed in the background, and this call is told so. Make a new socket.
lab-cause-v6-for-mapped = The socket is for IPv6 alone (IPV6_V6ONLY, row { $row }), and { $address } is an address of IPv4.
lab-cause-port-zero = { $address } has port 0, where nobody can be reached.
lab-cause-broadcast = { $address } stands for all of a network, which takes SO_BROADCAST.
lab-cause-nonblocking = The socket does not block since row { $row }: the call returns at once.
lab-cause-timeout = { $option } is { $value } since row { $row }, and that time has passed.
lab-cause-peer-does-not-read = { $program } has not read { $left } B of what was sent to { $socket }.
lab-cause-shut-by-itself = This side shut its own sending half in row { $row }.
lab-cause-never-connected = The socket was never connected: connect comes first.
lab-cause-connect-failed = The connect of row { $row } did not succeed.
lab-cause-listener-moves-nothing = The socket listens since row { $row }: bytes are moved on the sockets that accept returns.
lab-cause-reset-before = The connection was broken off; the call of row { $row } was told so.
lab-cause-peer-closed = { $program } closed { $socket } in row { $row }.
lab-cause-peer-ended = The other side had ended its stream: recv returned 0 in row { $row }.
lab-cause-peer-lingered = { $program } closed { $socket } in row { $row } with SO_LINGER at 0 (row { $set }): that breaks the connection off.
lab-cause-peer-left-unread = { $program } closed { $socket } in row { $row } with { $left } B unread: that breaks the connection off.
lab-cause-listener-closed = { $program } closed its listener { $socket } in row { $row }, while this connection waited in the queue.
lab-cause-peer-outside = { $address } is no program of this lab: it closed with bytes unread or with SO_LINGER 0, or its program died.
lab-cause-no-destination = The socket has no peer and the call names none: call connect first, or sendto.
lab-cause-too-long = { $length } B are more than a datagram can carry: { $most } B at most.
lab-cause-nobody-bound = What row { $row } sent met no socket, and this call is told so. The socket works on.
lab-cause-probes = { $option } is { $value } since row { $row }, and the other side has not answered.
lab-cause-after-bind = { $option } is fixed once the socket has an address, which it got in row { $row }.
lab-cause-out-of-range = The kernel does not take { $value } for { $option }, or not on a socket in this state.
lab-cause-read-only = { $option } can be read, but not set.
lab-cause-other-socket = { $option } is none of a socket of { $family } and { $kind }.
lab-cause-joined = The socket is in this group since row { $row }.
lab-cause-not-joined = The socket never joined this group.
lab-cause-path-held = { $program } has bound { $socket } to { $path } in row { $row }.
lab-cause-path-stale = The file { $path } is there, but no socket is behind it any more: its server has ended. Start the server again.
lab-cause-path-closed = { $program } closed { $socket } in row { $row }; the file { $path } stays behind, with nobody at it.
lab-cause-many-files = { $all } sockets of this trace are open, { $most } of them of { $program }.
lab-cause-filter-locked = The filter of this socket was fixed in row { $row } (SO_LOCK_FILTER); that cannot be taken back.
lab-cause-option-rights = { $option } = { $value } takes rights that this program has not (CAP_NET_ADMIN, or another).
lab-cause-firewall = A firewall rule of this computer forbids what is sent to { $address } (nft list ruleset shows the rules).
lab-cause-no-router = SO_DONTROUTE was set in row { $row }: without a router only networks that this computer is on can be reached.
lab-cause-no-route = No route of this computer leads to { $address }: it has no address of that family.
lab-cause-no-route-from = No route of this computer leads to { $address }. Its own addresses are { $own }.
lab-cause-no-host = The network of { $address } can be reached, but no machine there answers to this address: it is off, or the address is wrong.
