# Sentences of the floor tftp.

# How a transfer ended
tftp-complete = The whole file was transferred.
tftp-unconfirmed =
    { $blocks ->
        [one] Sent; the ACK of the last block was not seen.
       *[other] Sent; the ACK of the last { $blocks } blocks was not seen.
    }
tftp-refused = The other side sent ERROR { $code }, “{ $words }”. { $meaning }
tftp-refused-silently = The other side sent ERROR { $code } without a text. { $meaning }
tftp-silent =
    { $tries ->
        [one] Nothing came for { $seconds } s; the last packet was sent again once.
       *[other] Nothing came for { $seconds } s; the last packet was sent again { $tries } times.
    }
tftp-unreachable = Nobody has the other side's port: its program has ended, or was never there.
tftp-illegal = { $what } The other side was told ERROR { $code }.
tftp-aborted = { $why } The other side was told ERROR { $code }.

# What the other side may not do
tftp-misplaced = { $packet } has no place in this transfer.
tftp-block-long = A block came with { $length } B; { $most } were agreed.
tftp-oack-unasked = The server grants { $name }, which was not asked for (RFC 2347).
tftp-oack-more = The server grants { $name } { $granted } where { $asked } was asked for.
tftp-stray-error = { $packet } came without a transfer. An ERROR is never answered (RFC 1350, section 7).
tftp-stray-packet = { $packet } came without a transfer.

# What a transfer tells while it runs
tftp-told-plain = { $tries } requests with options were not answered. The client asks again without options.
tftp-told-no-oack = The server answers without an OACK: it grants no options, and the transfer goes by RFC 1350.

# Why an option is granted, or not
tftp-why-as-asked = as asked
tftp-why-limit = the server allows { $most } at most
tftp-why-server-limit = the server grants { $most } at most
tftp-why-size = the size of the file is { $size } B
tftp-why-told = the server told the size: { $size } B
tftp-why-size-unknown = how many bytes will be sent is not known before
tftp-why-empty = the file is empty; some clients refuse a tsize of 0
tftp-why-timeout = this server waits { $most } s at most; it measures the round trip instead
tftp-why-unknown = this server does not know the option
tftp-why-no-options = this server is set to grant no options
tftp-why-not-in-oack = not in the OACK, so not granted
tftp-why-no-oack = the server answered without an OACK

# Why a request cannot be made
tftp-ask-no-name = Name the file on the server.
tftp-ask-nul = A file name cannot hold a zero byte: it would end there.
tftp-ask-long = The request would have { $length } B; at most { $most } are allowed (RFC 2347). Shorten the file name.
tftp-ask-window = A window of this many blocks of this size takes { $size } MiB of memory; at most { $most } MiB are allowed. Lower windowsize or blksize.
