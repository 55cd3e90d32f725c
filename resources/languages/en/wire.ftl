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

# HTTP: what can be wrong with a message
wire-http-bad-line = The first line is neither a request line (method, target, HTTP/1.1) nor a status line (HTTP/1.1, three digits).
wire-http-bad-version = { $found } is no version that is spoken here: it is HTTP/1.0 or HTTP/1.1.
wire-http-bad-name = A header line has no name that ends at its colon: names hold no spaces, and no line continues the one before.
wire-http-bad-value = The value of a header holds a control character.
wire-http-bad-line-end = A line ends with a CR that no LF follows.
wire-http-many-headers = The message has more than { $most } headers.
wire-http-long-line = The first line is longer than the { $most } B that a head may have.
wire-http-long-head = The head is longer than the { $most } B that it may have.
wire-http-no-host = A request of HTTP/1.1 must have a Host.
wire-http-hosts = The request has more than one Host.
wire-http-bad-length = The Content-Length “{ $found }” is no number of bytes.
wire-http-lengths = The message has two Content-Lengths that differ.
wire-http-both = The message has Content-Length and Transfer-Encoding: two readers could see two different messages (RFC 9112, section 6.3).
wire-http-coding = The transfer coding “{ $found }” is not known here; chunked is.
wire-http-unchunked = The Transfer-Encoding does not end with chunked, once.
wire-http-old-coding = HTTP/1.0 has no Transfer-Encoding.
wire-http-chunk-size = The line before a chunk is no size in hexadecimal that ends with CR LF.
wire-http-chunk-end = The chunk goes on where its size says that it ends: CR LF was expected.
wire-http-trailers = What follows the last chunk is too long, or no trailer.
wire-http-bad-target = The target “{ $found }” names no path: it begins with /, and what stands behind each % is text in UTF-8.

# HTTP: the parts of a message, and what they mean
wire-http-part-method = Method
wire-http-part-target = Target
wire-http-part-version = Version
wire-http-part-status = Status
wire-http-part-reason = Reason
wire-http-part-header = Header
wire-http-part-blank = Blank line
wire-http-part-body = Body
wire-http-part-size = Chunk size
wire-http-part-chunk = Chunk
wire-http-part-border = End of chunk
wire-http-part-trailers = Trailers
wire-http-part-rest = Rest
wire-http-rule-get = Asks for what the target names, and changes nothing there (RFC 9110, section 9.3.1).
wire-http-rule-head = As GET, but the answer has no body: only its head is wanted (RFC 9110, section 9.3.2).
wire-http-rule-post = Hands the body to what the target names, as a browser does with a form (RFC 9110, section 9.3.3).
wire-http-rule-put = Puts the body in the place that the target names (RFC 9110, section 9.3.4).
wire-http-rule-delete = Asks to take away what the target names (RFC 9110, section 9.3.5).
wire-http-rule-connect = Asks a proxy for a tunnel to the target (RFC 9110, section 9.3.6).
wire-http-rule-options = Asks what can be done with the target (RFC 9110, section 9.3.7).
wire-http-rule-trace = Asks to be sent back what arrived (RFC 9110, section 9.3.8).
wire-http-rule-patch = Asks to change what the target names as the body says (RFC 5789).
wire-http-rule-method = A word that says what is to be done. Registered and known here: { $known } (RFC 9110, section 9).
wire-http-rule-target = The path and, behind a ?, the query. %20 stands for a byte (RFC 9112, section 3.2).
wire-http-rule-version = The version that whoever sends speaks: the connection stays open unless somebody says close (RFC 9112, section 9.3).
wire-http-rule-version-0 = The older version: the connection ends after the answer unless both say keep-alive (RFC 9112, section 9.3).
wire-http-rule-status-1 = An answer on the way: the real one follows (RFC 9110, section 15.2).
wire-http-rule-status-2 = The server did what was asked (RFC 9110, section 15.3).
wire-http-rule-status-3 = More is to be done: as a rule, ask at the Location (RFC 9110, section 15.4).
wire-http-rule-status-4 = The client did something wrong, in the view of the server (RFC 9110, section 15.5).
wire-http-rule-status-5 = The server failed, or cannot do this (RFC 9110, section 15.6).
wire-http-rule-reason = The status in words, for people; programs go by the number (RFC 9112, section 4).
wire-http-rule-host = Which server is meant: many names can lead to one address. HTTP/1.1 requires it (RFC 9110, section 7.2).
wire-http-rule-connection = Whether the connection is to stay open (keep-alive) or to end (close) after this exchange (RFC 9112, section 9.6).
wire-http-rule-content-length = How many bytes the body has; the next message begins behind them (RFC 9112, section 6.2).
wire-http-rule-content-type = What the body is: kind, and character set for text (RFC 9110, section 8.3).
wire-http-rule-transfer-encoding = The body comes in chunks, each with its size: the sender need not know the length beforehand (RFC 9112, section 7.1).
wire-http-rule-user-agent = Which program asks (RFC 9110, section 10.1.5).
wire-http-rule-server = Which program answers (RFC 9110, section 10.2.4).
wire-http-rule-date = When the answer was made, in GMT (RFC 9110, section 6.6.1).
wire-http-rule-location = Where to ask instead (RFC 9110, section 10.2.2).
wire-http-rule-allow = The methods that are possible here; an answer with 405 must tell them (RFC 9110, section 10.2.1).
wire-http-rule-expect = The client waits for 100 Continue before it sends the body (RFC 9110, section 10.1.1).
wire-http-rule-referer = The page from which a link led here (RFC 9110, section 10.1.3).
wire-http-rule-cookie = A note that the server lets the browser keep and show again: HTTP itself remembers nothing (RFC 6265).
wire-http-rule-accept = What the client can make use of (RFC 9110, section 12.5).
wire-http-rule-cache = About copies that are kept: how old one may be, and whether it still holds (RFC 9111).
wire-http-rule-version-of = Which version of the file this is: whoever keeps a copy shows it again with If-None-Match or If-Modified-Since (RFC 9110, section 8.8).
wire-http-rule-if-changed = The client has a copy, and wants the file only if it is another one by now; else the answer is 304 (RFC 9110, section 13.1).
wire-http-rule-if-same = The request is meant for this version alone; else the answer is 412 (RFC 9110, section 13.1).
wire-http-rule-range = Only these bytes are wanted, as by whoever goes on with a download; If-Range: if it is still that version (RFC 9110, section 14.2).
wire-http-rule-content-range = Which bytes of how many these are, or that parts can be asked for (RFC 9110, section 14).
wire-http-rule-authorization = Who asks, or how to say so (RFC 9110, section 11).
wire-http-rule-header = A name, a colon and a value; the case of the name does not matter (RFC 9110, section 5).
wire-http-rule-early = An empty line before a message is passed over (RFC 9112, section 2.2).
wire-http-rule-blank = Ends the head: the body follows, if there is one (RFC 9112, section 2.1).
wire-http-rule-body-exact = As many bytes as Content-Length says (RFC 9112, section 6.2).
wire-http-rule-body-close = No length was stated: the body ends with the connection (RFC 9112, section 6.3).
wire-http-rule-size = How many bytes follow, in hexadecimal; 0 is the last chunk (RFC 9112, section 7.1).
wire-http-rule-chunk = Bytes of the body (RFC 9112, section 7.1).
wire-http-rule-border = Ends the chunk and is no part of the body (RFC 9112, section 7.1).
wire-http-rule-trailers = Headers that come late, and the blank line that ends the message (RFC 9112, section 7.1.2).
wire-http-rule-rest = Where the next message would begin is not known: these bytes belong to none.

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

# IPv4 addresses
wire-ipv4-numbers = An address has four numbers with points between them, and this has { $count }
wire-ipv4-number = Number { $place }, “{ $number }”, is none from 0 to 255
wire-ipv4-zero = Number { $place }, “{ $number }”, begins with a 0: some programs read it as octal
wire-ipv4-why = { $addresses } addresses, less the network's own and the broadcast address
wire-ipv4-why-31 = the two ends of a link between two hosts: neither is lost (RFC 3021)
wire-ipv4-why-32 = one host
wire-ipv4-limited = limited broadcast
wire-ipv4-limited-why = Reaches every host of the own network, and no router passes it on.
wire-ipv4-documentation = documentation
wire-ipv4-documentation-why = For examples in texts; no host has it.
wire-ipv4-protocols = protocol assignments
wire-ipv4-protocols-why = Kept for protocols of the IETF.
wire-ipv4-private = private
wire-ipv4-private-why = Anybody may use it within a network of their own; it is never routed on the internet.
wire-ipv4-link = link-local
wire-ipv4-link-why = A host gave it to itself, as nobody gave it another; it reaches only its own link.
wire-ipv4-benchmark = benchmarks
wire-ipv4-benchmark-why = For measuring network devices against each other.
wire-ipv4-shared = shared by a provider
wire-ipv4-shared-why = Between a provider and its customers, behind one more translation of addresses.
wire-ipv4-loopback = loopback
wire-ipv4-loopback-why = Never leaves this computer.
wire-ipv4-this = this network
wire-ipv4-this-why = 0.0.0.0 stands for every address of this computer where a socket is bound to it.
wire-ipv4-multicast = multicast
wire-ipv4-multicast-why = Names a group: whoever has joined it receives.
wire-ipv4-reserved = reserved
wire-ipv4-reserved-why = Kept for later, and hardly usable anywhere.

# IPv6 addresses
wire-ipv6-unspecified = unspecified
wire-ipv6-unspecified-why = Stands for every address of this computer where a socket is bound to it.
wire-ipv6-loopback = loopback
wire-ipv6-loopback-why = Never leaves this computer; the one address of its kind.
wire-ipv6-mapped = IPv4-mapped
wire-ipv6-mapped-why = How a socket of IPv6 that takes both shows a peer of IPv4.
wire-ipv6-translated = translated to IPv4
wire-ipv6-translated-why = A translator carries it over to the IPv4 address in its last 32 bits (NAT64).
wire-ipv6-teredo = Teredo
wire-ipv6-teredo-why = A tunnel through IPv4 and UDP.
wire-ipv6-documentation = documentation
wire-ipv6-documentation-why = For examples in texts; no host has it.
wire-ipv6-6to4 = 6to4
wire-ipv6-6to4-why = A tunnel over IPv4; it is given up (RFC 7526).
wire-ipv6-link = link-local
wire-ipv6-link-why = Every interface has one. It reaches only its own link, so a program has to say by which interface (%eth0).
wire-ipv6-multicast = multicast
wire-ipv6-multicast-why = Names a group: whoever has joined it receives. There is no broadcast in IPv6.
wire-ipv6-local = unique local
wire-ipv6-local-why = For a network of one's own, as private addresses of IPv4 are, with a part drawn by lot.
wire-ipv6-global = global
wire-ipv6-global-why = Can be reached from everywhere, unless a firewall is in the way.
wire-ipv6-reach-interface = this interface alone
wire-ipv6-reach-link = this link
wire-ipv6-reach-realm = this realm or administration
wire-ipv6-reach-site = this site
wire-ipv6-reach-organization = this organization
wire-ipv6-reach-global = everywhere
wire-ipv6-reach-other = not assigned

# Headers around a message
wire-header-payload = What the program handed over. It may share a packet with others, or be cut into several.
wire-header-mac-loopback = Loopback has no wire and no cards; captures show zeros here.
wire-header-mac = The card's own address, or that of the next router: no socket tells it.
wire-header-ethertype = What follows.
wire-header-address = From the socket, or the address given to the call.
wire-header-address-unknown = The trace does not tell it: the socket was never asked for its address.
wire-header-length = Counts the bytes from here on, if all of the message is in one packet.
wire-header-cut = The message does not fit into one packet.
wire-header-version = Version 4; a header of five words, without options.
wire-header-dscp = How urgent it is, and whether a queue on the way was full; 0 unless a program asked for more.
wire-header-identification = Tells fragments of one packet from others; the kernel counts it.
wire-header-fragment = DF: do not cut into fragments, which Linux asks for.
wire-header-ttl = Each router takes one off; at 0 it is thrown away. Most systems begin with 64, Windows with 128.
wire-header-protocol = What follows, by its number at IANA.
wire-header-checksum-unknown = Made of fields that are not all known.
wire-header-checksum-ip = Over this header alone; each router works it out anew.
wire-header-flow = Version 6, a class, and a label that the kernel draws for each flow.
wire-header-port = Which socket of that computer it is for, or from.
wire-header-sequence = The place of the first byte in the stream; it begins at a number drawn by lot.
wire-header-acknowledgement = The next byte that is expected from the other side.
wire-header-flags = The length of the header; ACK is set on every segment once connected, PSH on the last of a send.
wire-header-window = How many bytes there is still room for.
wire-header-urgent = 0, as MSG_OOB is not used.
wire-header-options = Mostly two times and two fillers (RFC 7323).
wire-header-checksum = Over addresses, this header and the message (RFC 768, RFC 9293).
wire-header-checksum-loopback = Over addresses, header and message; on loopback Linux leaves it unfinished, as nothing can go wrong there.

## Ports
wire-port-well-known = well-known
wire-port-well-known-tip = For the services of the network; on most systems only an administrator may bind them.
wire-port-registered = registered
wire-port-registered-tip = For whoever has registered a service with IANA; anyone may bind them.
wire-port-dynamic = dynamic
wire-port-dynamic-tip = Belong to nobody: for clients, and for whatever is agreed upon between two programs.
wire-port-other = dynamic in another reading
wire-port-other-tip = Some textbooks call all ports dynamic that need no privileges. RFC 6335 does not.
