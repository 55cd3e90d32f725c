# Sentences of the floor program.

# What a person stated as a message
program-data-file = { $path }：{ $errno }。无法读取该文件。
program-data-no-file = { $path } 是文件夹、设备或管道。请选择一个文件。
program-data-too-large = { $path } 超过 { $most } MB，这是一条消息的上限。

# What a program tells in the trace
program-told-not-utf8 = 有 { $bytes } 个字节不是 UTF-8：它们保持原样，只反转其前后的文本。
program-told-bad-format = “{ $format }”不是可用的时间格式：{ $error }。可以试试 %Y-%m-%d %X。
program-told-waiting-again = 接收超时内没有收到任何数据。程序继续等待。
program-told-no-reply = 接收超时内没有收到回复。程序不再等待，继续运行。
program-told-silent = { $peer } 在整个接收超时内没有发送数据。服务器结束这个连接。
program-told-send-timeout = 发送超时已到，{ $all } 个字节中已发送 { $sent } 个。其余部分放弃发送。
program-told-truncated = 数据报比 { $size } B 的缓冲区长：多出的部分已经丢失。请增大接收长度。
program-told-more-broken = 已指出此字节流中的 { $count } 条有问题的消息，其余不再逐一指出。
program-told-no-thread = 系统没有为 { $socket } 提供线程：{ $error }。连接已关闭。
program-told-no-worker = 线程池要 { $asked } 个线程，系统只给了 { $threads } 个：{ $error }。
# 每连接一进程
program-process-handed = 进程 { $number } 现在也有 { $socket } 了，并由它服务这个连接。服务器关闭自己的那一份，这不会结束任何东西：最后一份关闭时连接才结束。
program-process-ended = 进程 { $number } 已结束（状态 0）。服务器已等待过它（waitpid），因此它不会成为僵尸进程。
program-process-failed = 进程 { $number } 以状态 { $status } 结束：它未能服务这个连接。服务器继续运行。
program-process-killed = 进程 { $number } 被 { $signal } 终止，内核已关闭它的连接。服务器继续运行：失去的只是这一个连接。
program-process-late = 要求进程 { $number } 结束后，它在 { $seconds } 秒内没有结束，已被终止（{ $signal }）。
program-process-lost = 不知道进程 { $number } 是怎样结束的。
program-process-broken = 进程 { $number } 所报告的调用不可能属实。它已被终止，其连接已关闭。
program-process-lacks = 无法为 { $socket } 启动进程：{ $errno }。{ $meaning }连接已关闭。
program-process-alone = Socket Lab 就是这样为服务器的一个连接启动自己的（handling = "process-per-connection"）。没有交来任何连接：{ $errno }。
program-process-elsewhere = 在本系统上无法把连接交给另一个进程：这里用的是 Unix 的办法，即作为标准输入交出。
program-files-raised = 打开文件数的上限（RLIMIT_NOFILE）原为 { $before }，现为 { $now }，以便容下所有连接。
program-files-short = 可能需要打开 { $wanted } 个文件，而只允许 { $now } 个；此用户最多可有 { $most } 个。要更多连接，请提高硬上限（ulimit -Hn）。
program-load-ended = 服务器在应答之前结束了连接。
program-told-not-charset = 收到的内容不是 { $charset } 编码的文本，原样回复。
program-told-notice = 提示：{ $notice }
program-told-kept = 结束词使客户端结束，它本身不发送。
program-told-skipped = 空消息不发送。
program-told-talk-over = 与 { $name } 的对话结束了。
program-told-spin = recv 又立即返回了 { $count } 次 0 字节：不检查 0 的循环永远不会结束，还会一直占用处理器。
program-told-gone = { $socket } 已经关闭。
program-told-no-socket = 没有打开的套接字：{ $option } 没有设置到任何套接字上。
program-told-nobody = 没有可以发送的对象。
program-told-no-connection = { $socket } 没有可以结束的连接。
# 为对端运行的命令
program-told-command = “{ $line }”以状态 { $status } 结束，用时 { $took }，输出 { $bytes } 字节。
program-told-command-silent = 命令没有任何输出：没有可发送的内容，等在 recv 里的对端会一直等下去。
program-command-outside = 命令只为本机运行：请把服务器绑定到 127.0.0.1 或 [::1]。
program-command-nul = 命令行含有 NUL，拒绝执行。
program-command-lines = 收到了多行：一次只能有一条命令。
program-command-quotes = 命令行里有没有配对的引号或反斜杠。
program-command-empty = 命令行是空的。
program-command-refused = 拒绝 { $program }：它不在这个服务器的名单上，名单是 { $allowed }。这里没有 shell，所以不做任何展开。
program-command-argument = 拒绝 { $program } 带参数 { $argument }：这可能改变本机。
program-command-failed = 无法启动 { $program }：{ $errno }。
program-command-long = 在 { $most } 字节处截断，这是回复的上限
program-command-late = 运行 { $seconds } 秒后被结束，这是命令的最长时间
program-command-over = 随连接一起结束

# Unix sockets
program-unix-long = 路径有 { $length } 字节，而 Unix 套接字的地址（sun_path）只容得下 { $most } 字节。请换一个较短的路径。
program-unix-abstract = 只有 Linux 有不在任何文件夹中的 Unix 套接字名称。请使用路径。
program-unix-no-folder = 没有可放套接字的文件夹：{ $errno }。请指定一个路径。
program-unix-no-socket = { $path } 已经存在，而且不是套接字。不会动它，请换一个路径。
program-unix-in-use = 此刻有程序绑定在 { $path } 上。请停止它，或换一个路径。
program-unix-stale = { $path } 是遗留的：已经没有谁绑定在上面，但套接字关闭后文件仍会留下。它不是本实验留下的，请自行删除，或换一个路径。
program-unix-removed = { $path } 是本实验先前运行时遗留的，已经没有谁绑定在上面。已删除，并再次 bind。
program-unix-not-removed = { $path } 是遗留的，但无法删除：{ $errno }。请换一个路径。
program-unix-unnamed = 发送方没有绑定任何路径，因此无法应答。

# TFTP：为什么不发送或不接收一个文件
program-denied-name = 这个名称可能指到文件夹之外：不接受 ..、首尾的斜线、\、盘符和控制字符。
program-denied-missing = 没有这个文件。
program-denied-no-file = 这是文件夹、设备、管道，或指向别处的链接。只能发送和替换文件。
program-denied-exists = 已经有同名的文件。
program-denied-read-only = 服务器不接收文件：它的 write 是 "deny"。
program-denied-too-large = 文件超过了允许的 { $most } 字节。
program-denied-too-many = 已经接收了 { $most } 个文件，这是上限。
program-denied-full = write：{ $errno }。{ $meaning }
program-denied-system = { $call }：{ $errno }。{ $meaning }

# TFTP：程序说明的事情
program-tftp-own-folder = 服务器提供一个自己的文件夹 { $path }，它随程序一起消失。可以试用的文件：{ $files }。
program-tftp-root = open({ $path })：{ $errno }。{ $meaning }tftp-server 的 root 是一个已存在的文件夹。
program-tftp-own-folder-failed = 无法建立放置试用文件的文件夹：{ $errno }。{ $meaning }请填写 root。
program-tftp-port-69 = 69 是 TFTP 的端口，在本系统上属于管理员。请使用 6969，或请管理员调低 net.ipv4.ip_unprivileged_port_start。
program-tftp-denied = { $peer } 请求 { $name }，被拒绝。{ $why }
program-tftp-busy = 拒绝 { $peer }：已有 { $most } 个传输在进行，这是上限。
program-tftp-again = { $peer } 在传输进行时再次请求。不会重复应答。
program-tftp-stranger = { $from } 不属于这次传输。用 ERROR 5 告知它，传输继续。
program-tftp-cancelled = 传输被取消。用 ERROR 0 告知对方。
program-tftp-disk = { $name }：{ $why }
program-tftp-saved = 收到 { $bytes } 字节，保存在 { $path }。
program-tftp-kept = 收到 { $bytes } 字节，保留到有人保存为止：见“传输”。
program-tftp-kept-many = 无法保留 { $name }：已有 { $most } 个收到的文件等待保存。请先保存或放弃一些，或填写保存位置。
program-tftp-not-kept = 收到 { $bytes } 字节，没有保存：客户端没有填写 to。
program-tftp-failed = { $name } 的传输失败。{ $why }
program-tftp-ended = { $name }：{ $what } 用时 { $took }，{ $bytes } 字节，重发 { $again } 个报文，收到 { $duplicates } 个重复报文。
program-tftp-counted = { $state ->
        [running] 目前已传输
       *[ended] 总共传输了
    } { $bytes } 字节。第一个数据块之后的 { $packets } 个报文只计数、不记录，共用了 { $calls } 次调用。
program-tftp-no-request = { $peer } 发来的不是请求。{ $why }
program-tftp-nameless = 文本和字节没有名称：请填写上传后的名称。
program-tftp-idle = 客户端无事可做：请填写要下载或上传的文件。

# HTTP：程序说明的事情
program-http-own-folder = 服务器提供一个自己的文件夹 { $path }，它随程序一起消失：其中有一个带表单的页面、一个文本和一个文件夹。
program-http-root = open({ $path })：{ $errno }。{ $meaning }http-server 的 root 是一个已存在的文件夹。
program-http-own-folder-failed = 无法建立放置试用页面的文件夹：{ $errno }。{ $meaning }请填写 root。
program-http-served = { $request }，用 { $receives } 次接收读完：以 { $status } 应答，{ $bytes } 字节。连接{ $connection ->
        [stays] 保持打开
       *[ends] 结束
    }。
program-http-refused = 以 { $status } 拒绝：{ $why }连接结束。
program-http-method = 这里只提供 { $served }。
program-http-too-large = 消息体超过了允许的 { $most } B。
program-http-expect = 这里不认识“{ $found }”所期望的内容，只认识 100-continue。
program-http-idle = { $seconds } 秒内没有请求到来。服务器结束这个连接。
program-http-late = 请求在 { $seconds } 秒内没有到齐。
program-http-unfinished = 客户端在请求中途结束了连接。
program-http-shorter = 文件在发送时变短了。长度已经承诺，因此连接提前结束。
program-http-not-modified = 客户端已经有这个版本：只发送头部，它显示自己的副本。
program-http-other-version = 文件不是、或不再是 If-Match 或 If-Unmodified-Since 所指的版本。
program-http-nowhere = 文件有 { $length } B，请求的范围里没有任何字节。
program-http-several = 请求了多个范围：这个服务器只发送一个部分或整个文件，因此发送整个文件。
program-http-page-index = { $path } 的目录
program-http-page-more = 只列出前 { $count } 项。
program-http-page-form = 表单发送的内容
program-http-page-sent = 收到的内容
program-http-page-body = { $kind }，{ $bytes } 字节
program-http-empty = 请求是空的：没有可以发送的内容。
program-http-interim = { $request }：先来了 { $status }，应答随后到来。
program-http-answered = { $request } 的应答是 { $status }：{ $headers } 个首部，{ $how ->
        [none] 没有消息体
        [length] 消息体 { $bytes } B，与 Content-Length 一致
        [chunked] 消息体 { $bytes } B，分块到来
       *[close] 消息体 { $bytes } B，直到连接结束
    }。连接{ $connection ->
        [stays] 可以保持打开
       *[ends] 结束
    }。
program-http-unanswered = 服务器结束连接：有 { $count } 个请求没有得到应答。
program-http-anew = 服务器已结束连接。下一个请求使用新的连接。
program-http-beyond = 应答之后还来了 { $bytes } 个字节。这个连接不能再用。
program-http-unreadable = 无法读懂应答。{ $why }
program-http-silent-end = 服务器没有应答就结束了连接。
program-http-cut-head = 服务器在应答的头部中途结束了连接。
program-http-cut = 消息体的 { $all } 个字节中到了 { $came } 个时，服务器结束了连接。
program-http-cut-chunks = 服务器在最后一块之前结束了连接；消息体到了 { $came } 个字节。
program-http-no-answer = { $seconds } 秒内什么也没有收到。不再等待应答。
program-http-broken = 无法读取应答：{ $errno }。
program-http-kept = 收到消息体 { $bytes } 字节，保留到有人保存为止（Ctrl+Shift+D）。
program-http-not-kept = 无法保留 { $name } 的消息体：{ $why }

# Why a program fails or refuses
program-told-cut = 文件被切成 { $datagrams } 个 { $size } B 的数据报。丢了的不会重发，也没有什么告诉接收方它们的顺序或文件在哪里结束
program-told-file-ended = 文件在 { $sent } / { $all } B 处结束；已发送的无法收回
program-told-rule = 第 { $number } 条规则应答：{ $rule }
program-told-rule-failed = 第 { $number } 条规则符合，但没有应答。{ $why }
program-told-no-rule = 没有规则符合，不应答
program-told-otherwise = 没有规则符合：用其余情况的应答
program-rule-long = 应答可能超过 { $most } KiB。
program-pattern-wrong = 正则表达式的第 { $column } 个字符：{ $why }
program-pattern-long = 正则表达式超过 { $most } 字节
program-pattern-big = 正则表达式会占用超过 { $most } KiB
program-pattern-refused = 正则表达式不能使用：{ $why }
program-link-begins = 种子 { $seed }。去往服务器：{ $there }。回到客户端：{ $back }
program-link-changed = 链路已更改。去往服务器：{ $there }。回到客户端：{ $back }
program-link-nowhere = 没有可转交的对象：链路没有服务器（connect）
program-link-full = 链路已有 { $most } 个客户端，没有空位：不再听这一个
program-link-unreachable = 无法到达服务器 { $to }，因此这个连接的客户端会收到重置。{ $why }
program-link-unheard = { $to } 处无人应答：{ $client } 发送的内容丢失。UDP 不会告诉客户端。{ $why }
program-link-idle = { $client } 已有 { $seconds } s 没有收发：将它忘掉
program-link-broken = 与 { $peer } 的连接已断：{ $other } 也会收到重置
program-link-follows = { $from } 代替 { $to } 作出应答，TFTP 服务器对每次传输都是如此：从现在起，{ $client } 发送的数据都转发到那里。客户端只看到链路的一个端口
program-link-port-gone = { $from } 已无人使用：客户端发送的数据重新转发到 { $to }
program-link-stranger = { $from } 与此无关：客户端正在与 { $to } 通信。它发送的数据不予转发
program-no-target = 客户端不知道要连接谁。请填写一个地址，或本实验中某个服务器的名字。
program-name-first = { $name } 还指向 { $others }。这里只使用 { $address }：没有什么能说明是否有人应答，所以取第一个地址。
program-name-outside = { $name } 还指向 { $addresses }，它不是本机自己的地址，因此不使用：{ $name } 代表本机。
program-name-nowhere = { $name } 在这里没有指向任何环回地址。请检查 hosts 文件，或直接写 127.0.0.1 或 [::1]。
program-name-unasked = 无法查询 { $name }：系统没有提供线程（{ $detail }）。
program-name-unanswered = { $name } 指向多个地址，但没有一个应答：{ $list }。{ $why }
program-contact-nowhere = 没有向 { $name } 发送任何内容：那台计算机的名字没有查到地址。
program-name-probe = { $address } 有应答：所有连接都使用它。这一个连接随即关闭。
program-refused-sending = 另一个列表正在发送。请等它结束，或先停止它。
program-refused-full = 程序正阻塞在之前的命令上。请等待、断开对端或停止程序。
program-refused-ended = 程序没有在运行。
program-refused-no-thread = 系统无法再提供线程。请先结束一些程序。

# 手动调用的程序所说的话
program-manual-no-socket = { $call }：这个程序里没有名为 { $socket } 的套接字。创建它的调用失败了，或者还没有返回
program-manual-timed-out = { $call }：在 settimeout 设置的 { $limit } 内，poll 没有等到任何事。Python 抛出 TimeoutError
program-manual-no-address = { $call }：不知道 { $whom } 的地址。那个程序没有运行，或者还没有绑定套接字
program-manual-unix-name = { $call }：Unix 套接字只认路径，不认 { $whom } 这样的计算机名。请写 unix: 加路径
program-manual-connect-ex = connect_ex 返回 { $number }，即 { $errno }，不抛出异常
program-manual-connect-ex-zero = connect_ex 返回 0：已经连接
program-manual-sendall = sendall：{ $bytes } B 用了 { $sends } 次 send
program-manual-line = makefile 的 readline 返回 { $length } B：{ $line }。{ $left ->
        [0] 文件的缓冲区里没有剩余
       *[other] 文件的缓冲区里还有 { $left } B，recv 看不到它们
    }
program-manual-close-waits = { $socket } 已被放弃，但还有线程在它的调用里：close 不会唤醒那个线程。等那个调用返回时才执行 close(2)，以免它的编号先被别的套接字占用
program-manual-detached = { $socket } 不再拥有编号。编号 { $number } 仍然打开，归程序所有：现在对 { $socket } 调用 close 什么也不做，连接一直持续到程序结束
