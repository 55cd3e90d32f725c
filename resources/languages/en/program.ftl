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
program-told-no-thread = The system gave no thread for { $socket }: { $error }. The connection is closed.
program-told-gone = { $socket } is not open any more.
program-told-no-socket = No socket is open: { $option } is set on none.
program-told-nobody = There is nobody to send to.
program-told-no-connection = { $socket } has no connection that could be ended.
program-panic-silent = a panic that said nothing

# Why a program fails or refuses
program-no-target = The client does not know whom to ask. State an address, or the name of a server of this lab.
program-refused-sending = Another list is being sent. Wait for its end, or stop it.
program-refused-full = The program is blocked in what it was asked before. Wait, disconnect the peer or stop the program.
program-refused-ended = The program does not run.
program-refused-no-thread = The system gives no more threads. End some programs first.
