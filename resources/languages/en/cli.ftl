# Sentences of the floor cli.

## Help

cli-about = Run real socket programs and see every call they make
cli-usage = Usage
cli-options = Options
cli-arguments = Arguments
cli-commands = Commands
cli-file = What to open in the window: a lab file, the name of a sample, or a recording
cli-help = Show this help
cli-version = Show the version
cli-lang = The language of messages, en or zh-CN; without it that of the environment
cli-run-about = Run the programs of a lab and print every call they make
cli-run-lab = A lab file, or the name of a sample
cli-run-set = Replace one value of the lab file, for example --set server.bind=127.0.0.1:0
cli-run-for = End after so many seconds
cli-run-format = How the calls are printed: text, jsonl or csv
cli-run-record = Also record everything in this file
cli-run-overwrite = Replace the recording that stands in that file already
cli-run-sample = Also show what the kernel knows of each socket, looked at so often: state, queues, round trip, windows
cli-run-step = Hold every call before it is made: a line on standard input lets one go, its end lets all run on
cli-run-allow-command = Permit, for this run, servers that run commands which are not known to be harmless
cli-record-exists = { $file } holds a recording already. Name another file, or add --overwrite to replace it.
cli-command-unasked = { $program } runs for others: { $commands }. Whoever reaches it can do what you can do. If that is wanted, say --allow-command.
cli-run-list = List the samples

cli-run-status =
    It ends when all clients have ended; without clients at --for or Ctrl+C.
    What a tftp-client gets is put where its to says; without one its bytes are counted and put nowhere.
    Status 0: nothing failed. 1: a program failed. 2: the lab file or the arguments are wrong.

## Scripts

cli-script-about = Hand out the other side of a program as a Python script; without a program, list which there are
cli-script-program = The program whose other side is wanted; without it all of them
cli-script-output = The file to write, complete or not at all; a folder takes it under its own name. Without PROGRAM: the folder for all
cli-script-overwrite = Replace files that stand there already
cli-script-exists = { $file } is there already. Name another file, or add --overwrite to replace it.
cli-script-no-file = { $file } is no file that a script could replace. Choose another name.
cli-script-status =
    A server has a client for its other side, a client a server. The script states the address that the lab states; its first argument is another port or path.
    Status 0: nothing failed. 1: a file could not be written. 2: the lab file or the arguments are wrong, or there is no script.

## Export

cli-export-about = Convert a recording
cli-export-recording = A recording, made with run --record or in the window
cli-export-file = The file to write; complete or not at all; - is standard output
cli-export-to = The format: csv or jsonl
cli-export-program-help = Only the rows of this program
cli-export-same = { $file } is the recording itself. Choose another name.
cli-export-program = the recording has no program called { $name }
cli-export-status =
    Status 0: all rows were converted. 1: rows were lost, or the file could not be written. 2: the arguments are wrong.

## Arguments

cli-hint = See socket-lab --help
cli-value-wrong = { $argument } cannot be “{ $value }”
cli-expected-seconds = a number of seconds above 0, at most { $most }
cli-argument-unknown = { $argument } is not an argument here
cli-argument-unknown-nearest = { $argument } is not an argument here; did you mean { $nearest }?
cli-argument-missing = { $argument } must be given
cli-value-missing = { $argument } needs a value
cli-argument-twice = { $argument } is given twice, or together with what excludes it
cli-argument-utf8 = An argument is not UTF-8
cli-argument-other = { $detail }

## Running

cli-lab-empty = { $file }: the lab has no programs
cli-signals = Ctrl+C will end the run at once, without closing what is open: { $detail }
cli-not-started = The lab could not be started: { $detail }
cli-step = held: { $program } { $call }
cli-step-how = Each call is held before it is made. Enter lets the one go that is held longest; the end of input lets all run on.
cli-failed = { $program } failed: { $what }
cli-failed-cause = { $program } failed: { $what } Cause: { $cause }
cli-load = { $program } → { $server }: { $messages } messages, { $rate }/s; p50 { $half }, p90 { $most }, p99 { $nearly }, max { $longest }; { $connections } connections ({ $once } at once), { $threads } threads and { $processes } processes of the server, { $failed } calls failed
cli-panicked = { $program } panicked; its last row says why
cli-recorder-failed = The recorder, a part of this program, has failed; later calls are missing: { $said }
cli-lingering = { $program } is still in a call that cannot be woken: { $threads }
cli-output-failed = The trace could not be printed: { $errno }. { $meaning }
cli-still-printing = The programs have ended. Their last rows are still being printed; Ctrl+C ends that at once.
cli-rows-lost =
    { $count ->
        [one] One row left memory before it could be printed
       *[other] { $count } rows left memory before they could be printed
    }
