# Sentences of the floor tftp.

# How a transfer ended
tftp-complete = 整个文件已传输完成。
tftp-unconfirmed =
    { $blocks ->
        [one] 已发送；没有看到最后一块的 ACK。
       *[other] 已发送；没有看到最后 { $blocks } 块的 ACK。
    }
tftp-refused = 对方发来 ERROR { $code }：“{ $words }”。{ $meaning }
tftp-refused-silently = 对方发来 ERROR { $code }，没有附带文本。{ $meaning }
tftp-silent = { $seconds } 秒内没有收到任何报文；最后一个报文重发了 { $tries } 次。
tftp-unreachable = 对方的端口上没有程序：它已经结束，或从未运行。
tftp-illegal = { $what }已向对方发送 ERROR { $code }。
tftp-aborted = { $why }已向对方发送 ERROR { $code }。

# What the other side may not do
tftp-misplaced = { $packet } 不应出现在这次传输中。
tftp-block-long = 收到一个 { $length } B 的块，而约定的是 { $most } B。
tftp-oack-unasked = 服务器批准了没有请求过的 { $name }（RFC 2347）。
tftp-oack-more = 请求的 { $name } 是 { $asked }，服务器却批准了 { $granted }。
tftp-stray-error = 收到 { $packet }，但没有与之对应的传输。ERROR 从不应答（RFC 1350 第 7 节）。
tftp-stray-packet = 收到 { $packet }，但没有与之对应的传输。

# What a transfer tells while it runs
tftp-told-plain = { $tries } 次带选项的请求都没有得到应答。客户端改为不带选项再次请求。
tftp-told-no-oack = 服务器没有以 OACK 应答：它不批准任何选项，传输按 RFC 1350 进行。

# Why an option is granted, or not
tftp-why-as-asked = 与请求一致
tftp-why-limit = 服务器最多允许 { $most }
tftp-why-server-limit = 服务器最多批准 { $most }
tftp-why-size = 文件大小为 { $size } B
tftp-why-told = 服务器告知大小：{ $size } B
tftp-why-size-unknown = 事先不知道要发送多少字节
tftp-why-empty = 文件为空；有些客户端不接受值为 0 的 tsize
tftp-why-timeout = 这个服务器最多等待 { $most } 秒；它改为测量往返时间
tftp-why-unknown = 这个服务器不认识该选项
tftp-why-no-options = 这个服务器设置为不批准任何选项
tftp-why-not-in-oack = 不在 OACK 中，即未批准
tftp-why-no-oack = 服务器的应答中没有 OACK

# Why a request cannot be made
tftp-ask-no-name = 请填写服务器上的文件名。
tftp-ask-nul = 文件名中不能有零字节：文件名会在那里结束。
tftp-ask-long = 请求将有 { $length } B，最多允许 { $most } B（RFC 2347）。请缩短文件名。
tftp-ask-window = 这样大小和数量的块组成的窗口占用 { $size } MiB 内存，最多允许 { $most } MiB。请减小 windowsize 或 blksize。
