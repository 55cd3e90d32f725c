# Sentences of the floor wire.

wire-hex-digit = character { $column }, “{ $found }”, is not a hex digit
wire-hex-half = the byte at character { $column } has only one hex digit; write two, as in 0a
wire-escape-unknown = “\{ $found }” at character { $column } is not an escape; write \\ for a backslash
wire-escape-unfinished = the text ends after the backslash at character { $column }; write \\ for a backslash
wire-escape-byte = “\x” at character { $column } needs two hex digits, as in \x0a
wire-escape-character = “\u” at character { $column } needs the number of a character in braces, as in \u{"{4f60}"}
wire-charset-missing = { $charset } has no character “{ $character }” (character { $column } of the text)

# Framing: what is broken in a stream, and what does not fit into a frame
wire-frame-no-delimiter = Message { $message } is longer than the { $most } B that are taken: no { $delimiter } came within them. It is skipped up to the next { $delimiter }.
wire-frame-long = Message { $message } has { $length } B by its frame, and { $most } B are taken. It is skipped.
wire-frame-header = The length before message { $message } says { $said } B. It counts itself, so at least { $least } B were expected. It is skipped.
wire-frame-unfinished = The stream ended within message { $message }: its frame has { $expected } B, and { $came } B came.
wire-frame-undelimited = The stream ended within message { $message }: { $came } B came without the { $delimiter } that was expected.
wire-frame-headless = The stream ended within the length before message { $message }: { $came } B of it came.
wire-frame-unfit-long = The message has { $length } B, and the framing has room for { $most } B. It is not sent.
wire-frame-unfit-delimiter = The message holds { $delimiter }, which ends a message here: the other side would take it for two. It is not sent.

# TFTP: what can be wrong with a packet
wire-tftp-short = The datagram has { $length } B, too few for a TFTP packet: the opcode alone takes 2, and DATA, ACK and ERROR have at least 4.
wire-tftp-opcode = No TFTP packet has the opcode { $number }; they are 1 to { $last }.
wire-tftp-long = The request has { $length } B; at most { $most } are allowed (RFC 2347).
wire-tftp-no-name = The request names no file.
wire-tftp-name-open = The file name is not ended by a zero byte.
wire-tftp-no-mode = The request names no mode.
wire-tftp-mode-open = The mode is not ended by a zero byte.
wire-tftp-mode = There is no mode “{ $mode }” here; it is octet or netascii.
wire-tftp-no-option-name = The option at byte { $offset } has no name.
wire-tftp-option-name-open = The name of the option at byte { $offset } is not ended by a zero byte.
wire-tftp-no-value = The option { $name } has no value.
wire-tftp-value-open = The value of the option { $name } is not ended by a zero byte.
wire-tftp-twice = The option { $name } is there twice; each may be given once (RFC 2347).
wire-tftp-text-open = The text is not ended by a zero byte.
wire-tftp-range = { $name } must be a number from { $least } to { $most }.
wire-tftp-no-number = { $name } must be a number.

# TFTP: what the codes of ERROR mean
wire-tftp-error-undefined = The text says what happened (RFC 1350).
wire-tftp-error-not-found = There is no such file (RFC 1350).
wire-tftp-error-access = The file may not be read or written (RFC 1350).
wire-tftp-error-full = The disk is full, or an allowance is used up (RFC 1350).
wire-tftp-error-illegal = The packet was malformed, or had no place there (RFC 1350).
wire-tftp-error-tid = The packet came from a port that has no part in the transfer (RFC 1350).
wire-tftp-error-exists = The file is there already (RFC 1350).
wire-tftp-error-user = There is no such user; for the obsolete mode mail (RFC 1350).
wire-tftp-error-options = The options are not acceptable to the other side (RFC 2347).
wire-tftp-error-other = No RFC defines the code { $code }.

# TFTP: the fields of a packet
wire-tftp-field-opcode = Opcode
wire-tftp-field-name = File name
wire-tftp-field-mode = Mode
wire-tftp-field-option = Option
wire-tftp-field-value = Value
wire-tftp-field-block = Block
wire-tftp-field-data = Data
wire-tftp-field-code = Error code
wire-tftp-field-text = Text
wire-tftp-field-surplus = Surplus

# TFTP: what the RFCs say about a field
wire-tftp-rule-opcode = Two bytes say what kind of packet this is (RFC 1350, section 5).
wire-tftp-rule-rrq = Asks to read a file. The server answers from a new port (RFC 1350, sections 4 and 5).
wire-tftp-rule-wrq = Asks to write a file. The server answers from a new port (RFC 1350, sections 4 and 5).
wire-tftp-rule-data = Carries a block of the file. The first is number 1 (RFC 1350, section 5).
wire-tftp-rule-ack = Acknowledges a block and all before it. It is never sent for a packet that did not come (RFC 1350, section 5).
wire-tftp-rule-error = Ends the transfer. It is neither acknowledged nor sent again (RFC 1350, sections 5 and 7).
wire-tftp-rule-oack = Grants options. Only what was asked for may stand in it (RFC 2347).
wire-tftp-rule-block = Blocks are numbered from 1. After 65535 the number goes on with 0, as all good programs agree; RFC 1350 does not say.
wire-tftp-rule-acknowledged = The last block that was received in order. ACK 0 answers a request to write, or an OACK (RFC 1350, section 5; RFC 2347).
wire-tftp-rule-bytes = Bytes of the file. Fewer than the block size, or none, make this the last block (RFC 1350, section 6).
wire-tftp-rule-code = Two bytes say why the transfer ends (RFC 1350, appendix).
wire-tftp-rule-text = For people, ended by a zero byte (RFC 1350, section 5).
wire-tftp-rule-name = A name on the server, ended by a zero byte (RFC 1350, section 5).
wire-tftp-rule-length = A request has at most 512 bytes (RFC 2347).
wire-tftp-rule-mode = How the bytes of the file are sent, in capital or small letters: octet or netascii (RFC 1350, section 5).
wire-tftp-rule-octet = The bytes of the file are sent as they are (RFC 1350, section 5).
wire-tftp-rule-netascii = The file is text: CR LF ends a line, and a CR in it is sent as CR NUL (RFC 1350, section 5; RFC 764).
wire-tftp-rule-blksize = Bytes of the file in a block, 8 to 65464. The server may grant fewer (RFC 2348).
wire-tftp-rule-timeout = Seconds until a packet is sent again, 1 to 255. The server grants just that, or nothing (RFC 2349).
wire-tftp-rule-tsize = Bytes of the whole file: told by whoever has it. A client that reads asks with 0 (RFC 2349).
wire-tftp-rule-windowsize = Blocks that are sent for one ACK, 1 to 65535. The server may grant fewer (RFC 7440).
wire-tftp-rule-unknown = An option that this lab does not know. A server passes it over (RFC 2347).
wire-tftp-rule-value = Digits, ended by a zero byte (RFC 2347).
wire-tftp-rule-surplus = These bytes have no place in a packet of this kind, and are not looked at.

# Bytes as Python writes them
wire-literal-none = Bytes are written b'...'
wire-literal-open = The quote that ends the bytes is missing
wire-literal-more = Something stands behind the bytes, at character { $column }
wire-literal-ascii = Character { $column }, “{ $found }”, is no ASCII; its bytes can be written as \x..

# Values packed by a format, as Python's struct does it
wire-pack-order-native = native: order, sizes and alignment of this machine
wire-pack-order-standard = order of this machine, standard sizes, no alignment
wire-pack-order-little = small end first, standard sizes, no alignment
wire-pack-order-big = big end first, standard sizes, no alignment
wire-pack-order-network = network order: big end first, standard sizes, no alignment
wire-pack-unknown = Character { $column }, “{ $found }”, is no code of struct
wire-pack-late-order = “{ $found }” at character { $column } sets the byte order; it can only stand first
wire-pack-native-only = “{ $found }” at character { $column } has no standard size; it stands only in native formats, which begin with @ or nothing
wire-pack-count-alone = The count at character { $column } has no code behind it
wire-pack-too-large = From character { $column } on there are more than { $most } bytes, which is all that is packed here
wire-pack-too-long = The format is longer than { $most } characters
wire-pack-values = The format takes { $wanted ->
    [one] 1 value
   *[other] { $wanted } values
}, and there { $given ->
    [one] is 1
   *[other] are { $given }
}
wire-pack-short = The format has { $wanted } B, and there are { $given } B: struct unpacks nothing then
wire-pack-long = The format has { $wanted } B, and there are { $given } B: struct unpacks only when they are equal
wire-pack-int = { $code } takes a whole number, as 7, -7 or 0x1f
wire-pack-range = { $code } holds { $least } to { $most }
wire-pack-float = { $code } takes a number, as 2.5
wire-pack-float-large = The number is too large for { $code }
wire-pack-bool = ? takes True or False
wire-pack-bytes = { $code } takes bytes, as b'octet'; a text is made into bytes by encode()
wire-pack-one-byte = c takes one byte, and here { $given ->
    [one] is 1
   *[other] are { $given }
}
