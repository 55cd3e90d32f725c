# Sentences of the floor lab.

## Errors of a lab file

lab-error-at = { $place }：{ $fault }
lab-errors-more = 另有 { $count } 个错误
lab-fault = { $what }；应为：{ $expected }
lab-fault-nearest = { $what }；应为：{ $expected }；是否想写 { $nearest }？

lab-type-wrong = { $key } 的值是{ $found }
lab-value-wrong = { $key } 不能是“{ $value }”
lab-key-unknown = { $of } 没有 { $key } 这一项
lab-key-unknown-lab = 实验文件没有 { $key } 这一项
lab-key-elsewhere = { $of } 没有 { $key } 这一项，只有 { $others } 才有
lab-key-missing = 程序缺少 { $key }
lab-list-long = { $key } 有 { $count } 项
lab-data-twice = { $key } 的数据写了两次
lab-name-unknown = “{ $name }”既不是文件，也不是示例
lab-expected-lab = 实验文件的路径，或示例之一：{ $samples }
lab-file-unreadable = { $file }：{ $errno }。{ $meaning }
lab-file-long = 文件太长，不像实验文件
lab-file-encoding = 字节 { $byte } 不是 UTF-8
lab-program-single = program 不是程序的列表

lab-programs-many = 实验有 { $count } 个程序
lab-name-taken = 已有另一个程序叫“{ $name }”
lab-name-twice = 名称“{ $name }”已被上面的程序使用
lab-connect-missing = { $program } 没有 connect，而 { $kind } 必须知道连接谁
lab-connect-port = connect 不能是 { $address }：0 号端口不属于任何程序
lab-connect-unknown = connect 写的是 @{ $name }，但没有这个名称的程序
lab-connect-unbound = connect 写的是 @{ $name }，但它没有 bind
lab-connect-self = connect 写的是 @{ $name }，即程序自己
lab-connect-later = connect 写的是 @{ $name }，但它启动得更晚，届时才知道端口
lab-connect-family = 绑定到 { $bind } 的套接字无法到达 { $connect }：一个套接字只有一个地址族
lab-connect-kind = connect 指向 @{ $name }，它是 { $kind }，{ $own } 无法与它相连
lab-send-nowhere = { $program } 有要发送的内容，却没有 connect
lab-get-or-put = { $program } 无事可做：tftp-client 要么下载一个文件，要么上传一个文件
lab-get-and-put = { $program } 既要下载又要上传：tftp-client 只做其中一件
lab-put-nameless = { $program } 上传的是文本或字节，它们没有名称
lab-framing-long = framing 的消息有 { $length } B，而 max_message 为 { $most }
lab-framing-beside = { $key } 只用于长度头的分帧
lab-option-unknown = 没有名为 { $option } 的套接字选项
lab-option-refused = { $option } 在 { $family } 与 { $kind } 的套接字上不起作用

lab-set-form = “{ $argument }”没有替换任何内容
lab-set-program = 没有名为 { $name } 的程序

lab-toml-duplicate = 这个名称在此处第二次出现
lab-toml-unquoted = 文本需要加引号
lab-toml-lookalike = 这里写的是 { $found }，TOML 要用 { $wanted }
lab-toml-no-value = 键的后面没有值
lab-toml-unclosed-list = 列表缺少 ]
lab-toml-unclosed-table = 表缺少 {"}"}
lab-toml-unclosed-header = 标题缺少 ]
lab-toml-comma = 缺少逗号
lab-toml-extra-comma = 多了一个逗号
lab-toml-string = 文本缺少结尾的引号，或含有必须转义的字符
lab-toml-escape = \ 后面不是转义字符
lab-toml-key = 键不能含有这个字符
lab-toml-other = 不是 TOML（解析器原文：{ $detail }）

lab-found-text = 文本
lab-found-number = 数字
lab-found-fraction = 带小数点的数字
lab-found-flag = true 或 false
lab-found-date = 日期
lab-found-list = 列表
lab-found-table = 表

lab-expected-toml = TOML，例如 backlog = 5
lab-expected-bytes = 至多 { $most } 字节
lab-expected-encoding = 以 UTF-8 保存的文本文件
lab-expected-program = 每个程序各有一个 [[program]] 标题
lab-expected-programs = 至多 { $most } 个
lab-expected-name = 名称：至多 40 个字母、数字、- 和 _
lab-expected-own-name = 不与其他程序相同的名称
lab-expected-word = { $words }
lab-expected-number = { $least } 到 { $most } 的整数
lab-expected-flag = true 或 false
lab-expected-time = 时长，例如 "5s" 或 "200ms"，从 { $least } 到 { $most }
lab-expected-address = IP 地址和端口（不超过 65535），例如 "127.0.0.1:9001" 或 "[::1]:9001"
lab-expected-target = 地址或名称加端口（1 到 65535），例如 "127.0.0.1:9001"、"[::1]:9001" 或 "localhost:9001"，或 @ 加程序的名称
lab-expected-port = 1 到 65535 的端口
lab-expected-bound = 有 bind 的程序
lab-expected-earlier = 排在它上面的程序，或 bind 写明端口的程序
lab-expected-family = 两个 IPv4 地址或两个 IPv6 地址
lab-expected-alike = 同一协议族、同一类型的服务器
lab-expected-path = 最长 { $most } 字节的路径，例如 "unix:/tmp/lab.socket"；在 Linux 上也可以是名称，例如 "unix:@lab"
lab-expected-path-target = "unix:/tmp/lab.socket"，在 Linux 上也可以是 "unix:@lab"，或 @ 加程序的名称
lab-expected-connect = 写明去向的 connect
lab-expected-length = { $least } 到 { $most } 个字符的文本
lab-expected-text = 引号中的文本
lab-expected-format = strftime 格式，例如 "%H:%M:%S"
lab-expected-hex = 每个字节两位十六进制数字，例如 "00 ff"
lab-expected-file = 文件名
lab-expected-data = "文本"、{"{"} hex = "00 ff" {"}"} 或 {"{"} file = "x.bin" {"}"}
lab-expected-content = 文件的路径，或 {"{"} text = "hello" {"}"}、{"{"} hex = "00 ff" {"}"}
lab-expected-numbers = 从 1 起的整数列表，如 [3, 4]
lab-expected-rules = 一个表，如 {"{"} rules = [{"{"} exact = "hello", answer = "hi" {"}"}], otherwise = "what?" {"}"}
lab-expected-rule = exact、prefix、contains、regex 之一和一个 answer，如 {"{"} prefix = "add ", answer = "added" {"}"}
lab-expected-regex = 一个正则表达式，如 '^(\d+) (?<what>\w+)$'
lab-expected-said = 文本，或 {"{"} hex = "00 ff" {"}"}
lab-rule-twice = 一条规则只有一个条件，这是第二个
lab-rule-file = 规则中不能用文件
lab-expected-way = 一个表，如 {"{"} delay = "20ms", jitter = "5ms" {"}"}
lab-expected-faults = 一个表，如 {"{"} seed = 7, loss = 10 {"}"}
lab-expected-framing = "none"、"line"，或一张表，例如 {"{"} fixed = 16 {"}"}、{"{"} delimiter = '\r\n' {"}"}、{"{"} length = 2 {"}"} 或 {"{"} line = "crlf" {"}"}
lab-expected-delimiter = 1 到 { $most } 个字节，写成带转义的文本，例如 '\r\n' 或 '\xff'
lab-expected-max-message = 不小于 { $length } 的 max_message
lab-expected-get = get = "名称" 或 put = "文件" 之一
lab-expected-as = as = "服务器上的名称"
lab-expected-fixed = 回复的内容：{"{"} fixed = "文本" {"}"}
lab-expected-reply = {"{"} fixed = "文本" {"}"}、{"{"} time = "%H:%M" {"}"} 或 {"{"} command = ["date"] {"}"}
lab-expected-send = 列表，例如 ["hello", {"{"} hex = "00 ff", repeat = 3 {"}"}]
lab-expected-outgoing = "文本"，或含有 text、hex、file 之一的表，例如 {"{"} hex = "00 ff", repeat = 3 {"}"}
lab-expected-entries = 至多 { $most } 项
lab-expected-errors = 列表，例如 ["ECONNREFUSED"]
lab-expected-errno = C 中的错误名称，例如 "ECONNREFUSED"
lab-expected-options = 表，例如 {"{"} SO_REUSEADDR = true, SO_RCVTIMEO = "5s" {"}"}
lab-expected-option = C 中的选项名称，例如 SO_REUSEADDR
lab-expected-option-value = { $option } 的一个值
lab-command-outside = 运行命令的服务器不能绑定到 { $bind }：其他人可能连上它
lab-command-unasked = { $program } 会为他人运行不确定无害的命令，而这次启动没有得到许可
lab-expected-loopback = 回环地址，例如 127.0.0.1:8080
lab-expected-commands = "any"，或程序的列表，例如 ["date", "echo"]
lab-expected-contacts = 一个表，例如 {"{"} "小明" = "127.0.0.1:8081" {"}"}
lab-expected-contact = 其中一个联系人：{ $contacts }
lab-expected-charset = 包含所发送的全部字符的字符集，例如 "UTF-8"
lab-contact-name = 联系人不能叫“{ $name }”
lab-contact-unknown = 没有名为 { $name } 的联系人
lab-expected-set = program.key=value，例如 server.bind=127.0.0.1:0

## Files
lab-file-not-one = { $file } 不是文件
lab-file-failed = 对 { $file } 的 { $call } 失败：{ $errno }。{ $meaning }

## Fields

lab-field-name = 程序的名称；其他程序用 @名称 指代它。
lab-field-kind = 程序的种类：它决定程序有哪些项。
lab-field-bind = 其他程序到达它的地址。端口 0 表示请内核任选一个空闲端口。
lab-field-bind-tftp = 其他程序到达它的地址。69 是 TFTP 的端口，属于管理员；6969 人人可用。
lab-field-bind-client = 它从这个地址发送。不写则由内核在连接或发送时选择。
lab-field-bind-unix = 套接字的路径；在 Linux 上也可以是不在任何文件夹中的名称（unix:@name）。不写则服务器用自己的路径，随程序一起消失。
lab-field-connect-unix = 向谁的套接字请求：路径，在 Linux 上也可以是不在任何文件夹中的名称（unix:@name），或 @ 加本实验中程序的名称。
lab-field-connect = 它连接谁：一个地址、一个名称（例如 localhost，按顺序尝试它的各个地址），或 @ 加本实验中程序的名称，此时对方的端口可以是 0。
lab-field-connect-timeout = connect 最多可用多久。不写则由内核决定，可能长达数分钟。
lab-field-backlog = 最多有多少个连接可以等待被接受。Linux 会多允许一个。
lab-field-recv-size = 每次接收请求多少字节。放不下的内容留在字节流中，对数据报则被截掉。
lab-field-reply = 它的回复：echo、upper、reverse、time、command、manual、none，或固定的文本或字节。
lab-field-handling = 客户端是逐个服务、每个用一个线程、由线程池中的线程服务、每个用一个进程（Linux 和 macOS），还是全部由一个线程服务（由内核告知谁已就绪）。连接在另一个进程手中时，不读取内核对它所知的内容（Alt+6）。
lab-field-pool-size = 线程池（thread-pool）有多少个线程。没有空闲线程时，连接就等待。
lab-field-load-connections = 建立多少个连接；只要服务器接受，它们就同时存在。
lab-field-load-messages = 每个连接发送多少条消息，收到上一条的应答后再发下一条。
lab-field-load-size = 每条消息的字节数。应答也按这么多字节等待，因此服务器应原样返回。
lab-field-load-think = 每个连接在收到应答之后、发送下一条消息之前停多久。
lab-field-framing = 双向的字节流中用什么区分消息：none、fixed、delimiter、length 或 line。每条消息各有一个应答。
lab-field-max-message = 有分帧方式时最多接受多少字节的消息。更长的消息会被指出并跳过。
lab-field-stop-word = 收到这条消息就结束所在的连接。发送或收到它的客户端随之结束。
lab-field-charset = 文本使用的字符集：发送的内容、问候语、固定回复和反转都用它。
lab-field-greeting = 在第一次 recv 之前向每个新对端发送的内容。
lab-field-notice = 每来一个新对端（TCP）或一个数据报（UDP）时写入日志的一句话，{"{}"} 处是对端的地址。
lab-field-prefix = 放在每条发出的消息之前：strftime 格式，例如 [%c]:，{"{}"} 处是联系人的名字。结束词之前不加。
lab-field-connections = 接受多少个连接后关闭监听套接字并结束。不写则不限。
lab-field-messages = 每个连接收多少条消息后关闭；0 表示立即关闭。不写则不限。
lab-field-messages-udp = 收多少个数据报后结束。不写则不限。
lab-field-spin = 对端结束发送后再调用多少次 recv：从不检查 0 字节的循环就会这样。
lab-field-contacts = 可以按名字对话的人：各有一个地址、一个计算机名（例如 localhost），或 @ 加程序的名称。几个名字可以共用一个地址。
lab-field-skip-empty = 空消息是否不发送。
lab-field-stop-empty = 空数据报是否使它结束。
lab-field-stop-case = 怎样比较结束词：exact 完全相同，either 不分大小写，typed 表示收到的须完全相同、人输入的不分大小写。
lab-field-stop-at-server = 怎样处理结束词：received 不回复就结束连接，answered 先回复再结束。
lab-field-stop-at-client = 怎样处理结束词：sent 发送后结束，typed 不发送就结束，returned 等它返回后结束。
lab-field-send-to = 发给哪个联系人。
lab-field-options = 以 C 中的名称写出的套接字选项，在对套接字做其他事情之前按此顺序设置。
lab-field-expect = 属于课程内容的错误：它们不算运行失败。
lab-field-send = 它自行按此顺序发送的内容。没有内容时保持连接，发送人输入的内容。
lab-field-root = 它提供的文件夹。任何名称都不能指到外面。不写则服务器自建一个，里面有几个可以试用的文件。
lab-field-write = 其他人可以写什么：deny（不可写）、create（未被占用的名称）或 overwrite（可替换）。文件完整之后才以其名称出现。
lab-field-get = 从服务器下载的文件名。
lab-field-to = 下载完整后放在哪里；已有的文件被替换。不写时，窗口会保留它直到保存；socket-lab run 只计数，不保存。
lab-field-put = 发送给服务器的文件，或文件的内容：{"{"} text = "hello" {"}"}。
lab-field-as = 发送的内容在服务器上的名称。不写则用文件自己的名称。
lab-field-mode = 字节怎样放进报文：octet 原样，netascii 作为以 CR LF 结束每行的文本。
lab-field-blksize = 它请求的块大小，单位字节（RFC 2348）。不写则每块 512。
lab-field-blksize-server = 它最多同意的块大小，单位字节（RFC 2348）。
lab-field-windowsize = 它请求在收到 ACK 之前可以发送多少块（RFC 7440）。不写则为一块。
lab-field-windowsize-server = 它最多同意在收到 ACK 之前发送多少块（RFC 7440）。
lab-field-timeout = 它请求过多少秒重发报文（RFC 2349）。不写则由测得的往返时间决定。
lab-field-tsize = 是否询问或告知文件大小（RFC 2349）。
lab-field-error-style = 它怎样应答：rfc，或 tutorial：不懂选项，无论什么错误都说 ERROR 5 "error"。
lab-field-record = 传输的哪些内容进入记录：packets，全部报文；counts，只记录开头和之后的报文数，在系统支持时一次调用收发多个报文，快得多。
lab-field-single-port = 是否从被请求的端口应答（便于穿过防火墙），而不是每次传输用一个新端口。
lab-field-max-transfers = 同时最多有多少个传输。
lab-field-max-size = 它接收的文件最多有多少字节。
lab-field-max-files = 运行期间最多接收多少个文件。
lab-field-bind-http = 其他程序到达它的地址。80 是 HTTP 的端口，属于管理员；8080 人人可用。
lab-field-request = 发送的内容，以文本书写。Host 行中的 {"{host}"} 变为所请求的地址，头部中的 {"{length}"} 变为空行之后的字节数。
lab-field-line-ends = 请求各行的行尾：HTTP 要求的 CR LF，或只有 LF。
lab-field-repeat-request = 请求发送多少次：只要服务器让连接保持打开，就用同一个连接。
lab-field-root-http = 提供给浏览器的文件夹。任何路径都不能指到外面。不写则服务器自建一个，里面有可以试用的页面。
lab-field-keep-alive = 应答之后，如果客户端也愿意，连接是否保持打开。
lab-field-idle-timeout = 请求或应答最多可以等多久，以及服务器让无声的连接保持多久。
lab-field-max-head = 最多读取多少字节的头部：更长的以 414 或 431 应答。
lab-field-max-body = 最多接收多少字节的消息体：更长的以 413 应答。
lab-field-bind-link = 客户端在这个地址到达链路，代替服务器的地址。
lab-field-connect-link = 链路把收到的内容转给谁：一个地址，或 @ 加本实验中程序的名称。
lab-field-seed = 随机数的起点：数相同、消息相同，故障就相同。
lab-field-idle = 一个客户端多久没有数据报就被忘掉，并关闭它的套接字。
lab-field-there = 从客户端到服务器的路上发生什么。链路运行时也可以改。
lab-field-back = 从服务器回到客户端的路上发生什么。链路运行时也可以改。
lab-way-delay = 每份内容先扣留多久再继续发出。
lab-way-jitter = 最多再多扣留多久，每次随机；顺序不变。
lab-way-loss = 每一百个数据报丢失几个。
lab-way-duplicate = 每一百个数据报有几个发出两次。
lab-way-reorder = 每一百个数据报有几个排到后一个之后；后面没有时，晚 100 ms 发出。
lab-way-rate = 每秒通过多少字节；0 表示不限。
lab-way-queue = 链路中最多等待多少字节。放不下的数据报会丢失；对于流，则在有空位之前不再读取。
lab-way-slice = 流被切成这么多字节一段，每段单独一次 send；0 表示不切。
lab-way-gap = 每一段之后的停顿，让接收方的 recv 只遇到这一段。
lab-way-glue = 攒够这么多字节才一起发出；0 表示不攒。
lab-way-glue-time = 最多攒多久。
lab-way-stall = 打开时什么也不通过。链路自己的内核仍会确认数据、应答 keepalive，因此两端都察觉不到。
lab-way-reset-after = 通过这么多字节后，两个连接都被重置（SO_LINGER 0 后 close）：两端都会收到 RST；0 表示不重置。
lab-field-faults = 实验让它的数据报遇到什么（如同网络中会发生的）；每一件都是日志中的一行。
lab-fault-seed = 随机数的起点：数相同，故障就相同。
lab-fault-loss = 每个方向上，一百个数据报中丢失多少个。
lab-fault-duplicate = 每个方向上，一百个中有多少个会到两次。
lab-fault-late = 每个方向上，一百个中有多少个迟到 delay 这么久。
lab-fault-delay = 迟到的数据报迟多久。
lab-fault-drop-data = 每次传输中丢失哪些 DATA 报文，按经过的次序从 1 数起。
lab-fault-drop-ack = 每次传输中丢失哪些 ACK 报文，数法相同。
lab-field-repeat = 发送多少次。
lab-field-every = 每次之后停多久。
lab-field-wait-reply = 每次之后是否等待一条回复。

## Why a program has no script for its other side

lab-script-no-program = 没有名为 { $program } 的程序
lab-script-no-target = { $program } 还没有连接的对象：指定它要连接谁，就有另一方的脚本
lab-script-no-place = { $target } 还没有地址：指定一个地址，就有另一方的脚本
lab-script-no-calls = { $program } 还没有需要另一方的调用：先 bind 并 listen，或 connect，或向一个地址发送
lab-script-both-sides = { $program } 的调用已经包含双方：不缺另一方

## Samples

lab-sample-first-echo = 第一个回显：把收到的内容原样回复的 TCP 服务器
lab-sample-udp-echo = UDP 回显：用数据报做同样的事
lab-sample-upper = 大写：用大写字母回复的 TCP 服务器
lab-sample-reverse = 反转：逐字符倒序回复的 TCP 服务器
lab-sample-time = 时间：按收到的格式回复当前时间的 UDP 服务器
lab-sample-chat = 聊天：由人输入回复的 TCP 服务器
lab-sample-auto-reply = 按规则应答：完全相同、开头、包含、正则表达式
lab-sample-link-tcp = 会切会粘的链路：一次 send 不是一次 recv
lab-sample-link-udp = 会丢失的链路：十个数据报，到了几个
lab-sample-link-tftp = 经过会丢失的链路用 TFTP 传文件
lab-sample-tcp-against-udp = TCP 与 UDP 对比：同样的消息经由两者
lab-sample-handling = 处理客户端的方式：同样的负载，五个服务器
lab-sample-unix = Unix 套接字：本机之内、按路径的字节流和数据报
lab-sample-calls = 逐个调用：服务器一边和客户端一边的调用，每个都由手按下
lab-sample-ipv6 = IPv6 与双栈：一个服务器服务两者，另一个只服务 IPv6
lab-sample-localhost = 用名称代替地址：localhost
lab-sample-sticky = 黏包：同样的十条消息，五种分帧方式
lab-sample-tftp-download = TFTP 下载：客户端逐块下载一个文件
lab-sample-tftp-upload = TFTP 上传：客户端发送一段文本，完整后才出现在服务器上
lab-sample-tftp-tutorial = 教程中的 TFTP：没有选项的简单服务器
lab-sample-http-browser = HTTP 服务器：给自己的浏览器一个页面
lab-sample-http-client = HTTP 客户端：一行一行手写请求
lab-sample-http-close = 保持与关闭：三个请求用一个连接，或用三个连接
lab-sample-echo-stamped = 带时间的回显：在每行前加上时间的 TCP 客户端
lab-sample-tcp-or-udp = TCP 还是 UDP：两者用同一个地址
lab-sample-time-reply = 带时间的回复：在回显前加上时间的 TCP 服务器
lab-sample-accept-close = 接受后关闭：接受一个连接就关闭的 TCP 服务器
lab-sample-upper-once = 大写一次：一个连接、一条消息、一个回复
lab-sample-upper-loop = 大写的消息循环：一个连接直到结束
lab-sample-one-shot = 只问一次：收一次、答一次就关闭的 TCP 服务器
lab-sample-nothing-sent = 什么也没发，双方都在等：空行对客户端和服务器的影响
lab-sample-udp-answer = 一个回答给所有人：总是说同一句话的 UDP 服务器
lab-sample-udp-hello = 各发一个数据报：hello 得到 hi
lab-sample-udp-send = 发送一个数据报：什么也不等的 UDP 客户端
lab-sample-udp-receive = 接收一个数据报：显示 recvfrom 两部分结果的 UDP 服务器
lab-sample-bank-clerk = 银行柜员：一次服务一个的 TCP 服务器和两个客户端
lab-sample-turns = 轮流说话：exit 使双方都结束的 TCP 聊天
lab-sample-contacts = 联系人：按名字对话的 UDP 客户端，几个名字共用一个地址
lab-sample-remote-command = 远程命令：在限度内运行所收到命令的 TCP 服务器
lab-topic-tcp = 字节流（TCP）
lab-topic-udp = 数据报（UDP）
lab-topic-families = 协议族（Unix、IPv6）
lab-topic-people = 由人输入
lab-topic-tftp = 文件（TFTP）
lab-topic-http = 网页（HTTP）
lab-watch-first-echo = 一边的每个 send 就是另一边的 recv，字节相同。
lab-watch-echo-stamped = 每条消息都带着发送时的时间；q 使客户端结束，它本身从不上网络。
lab-watch-tcp-or-udp = 两个服务器都绑定 9001，互不妨碍：逐个启动，看看哪个客户端被拒绝。启动之前，也可以在每个程序表单的“类型”一栏里选择 TCP 或 UDP。
lab-watch-time-reply = 回复比请求长：recv 返回已到达的内容，但不超过要求的长度。
lab-watch-accept-close = 客户端的 recv 返回 0 字节：连接结束就是这个样子。
lab-watch-reverse = 回复的字节相同而顺序不同：每个字符作为整体反转。
lab-watch-upper-once = 服务器关闭两个套接字：accept 返回的那个和监听的那个。
lab-watch-upper-loop = 客户端关闭后，recv 立即返回 0 字节，一次又一次：从不检查 0 的循环会空转（这里 20 次）。
lab-watch-upper = 服务器一个接一个地服务连接：前一个客户端关闭后才接受下一个。
lab-watch-remote-command = 没有 shell：; 和 | 只是字符，不在名单上的程序会被拒绝。长的回复要多次 recv 才能收完。
lab-watch-one-shot = recv、send、close：客户端先读到回复，再读到结束。
lab-watch-nothing-sent = 发送 0 字节不会在网络上产生任何东西：双方都等在 recv 里，直到客户端的接收超时。
lab-watch-auto-reply = 每个应答之前的提示说明它出自哪条规则。在服务器的表单中移动一条规则，应答就会换一条。
lab-watch-link-tcp = 客户端的一次 send，在服务器那里是三次 recv；三个应答又合成一个回来。在链路的表单里勾选“停滞”，再在 by-hand 中输入试试。
lab-watch-link-udp = 十个中哪些没有应答，链路在哪个方向丢了它们：种子 7 每次丢的都一样。让客户端再运行一次，同时拖动“丢失”。
lab-watch-link-tftp = 在“传输”视图中看：有缺口的窗口如何从缺口处重发，而文件仍然完整。
lab-watch-tcp-against-udp = 全部启动，再打开“TCP 与 UDP”工具（Alt+C）：看各自需要什么，没有人监听时又如何。
lab-watch-handling = 所有负载结束后，请看“负载”视图：最慢的应答有多慢，以及每个服务器为此用了多少线程和进程。
lab-watch-unix = 请看地址：是路径，没有端口。数据报的客户端也要绑定，否则无法应答它。
lab-watch-calls = 请看“调用”视图（Alt+9）：每一边只是一串调用。再按几个，顺序随意，看内核怎么说。
lab-watch-ipv6 = 请看 accept 返回的地址：经 IPv4 来的客户端显示为 ::ffff:127.0.0.1。设了 IPV6_V6ONLY 的服务器会拒绝这样的客户端。
lab-watch-localhost = 请看 getaddrinfo 给出了什么。如果其中有 [::1]，那次尝试会被拒绝，因为服务器只使用 IPv4；接着尝试的 127.0.0.1 才有应答。每一行都显示用了多长时间。
lab-watch-sticky = 请看 server-none 的每次 recv 从哪里开始、到哪里结束，以及其他服务器的消息在哪里：选中一次 recv，详情里列出其中的消息。
lab-watch-udp-echo = 每个数据报是一条消息：一次发出的内容一次到达，或者完全不到。
lab-watch-udp-answer = 没有连接：每个 recvfrom 说明是谁发的，每个 sendto 说明发到哪里。空数据报使服务器结束。
lab-watch-udp-hello = sendto 和 recvfrom 各一次：没有 listen，没有 accept，也没有要关闭的连接。
lab-watch-time = 发出的是格式，返回的是时间；格式不对时得到一句说明。
lab-watch-udp-send = 只启动客户端：没有人在，sendto 也会成功。
lab-watch-udp-receive = 字节、来源地址，以及它们的文本：9 个字节是 3 个字符。
lab-watch-chat = 服务器等在 recv 里的时候，在日志下方的输入框里输入它的回复；q 结束连接。
lab-watch-bank-clerk = 第二个客户端已连接但还没有被接受：它在监听队列里等待，直到第一个说 q。
lab-watch-turns = 在日志下方的输入框里先以客户端、再以服务器的身份输入；空行不发送。
lab-watch-contacts = 在日志下方的输入框里选择名字：服务器只看到一个地址，名字在消息里。
lab-watch-tftp-download = 传输用一个新端口，每个 DATA 有一个 ACK，短块表示结束。
lab-watch-tftp-upload = 服务器以块 0 确认请求，收到最后一块后才把文件放到位。
lab-watch-tftp-tutorial = 请求一个不存在的文件：回答是 ERROR 5，不管标准怎么说。
lab-watch-http-browser = 启动后用浏览器打开它的地址：每个请求是一行，详情说明其中的每一行文本。
lab-watch-http-client = 请求就是一段文本。去掉 Host，或写错 Content-Length，再启动一次，看看服务器怎么说。
lab-watch-http-close = 数一数 connect：keep 三个请求只有一次，close 有三次。

## Sessions

lab-target-not-running = { $program } 没有启动：@{ $target } 没有运行，因而没有绑定地址
lab-not-started = 无法启动 { $program }：{ $detail }
lab-busy = 同时的命令太多：这一条没有被接受
lab-unknown-program = 本实验没有名为 { $name } 的程序
lab-running = { $program } 正在运行：请先停止再修改
lab-not-running = { $program } 没有运行
lab-reachable = 其他机器可以到达 { $program }：它绑定到 { $address }

## 启动程序之前挡路的东西
lab-obstacle-privileged = 端口 { $port } 属于管理员：在本系统上，其他人只能绑定 { $first } 及以上。bind 会以 EACCES 失败。
lab-obstacle-running = 本实验的 { $program } 占用了这个地址：bind 会以 EADDRINUSE 失败。
lab-obstacle-planned = 本实验的 { $program } 也要用这个地址：后启动的会以 EADDRINUSE 失败。
lab-obstacle-process = { $process }（进程 { $number }）占用了这个地址：bind 会以 EADDRINUSE 失败。
lab-obstacle-somebody = 本机的另一个程序占用了这个地址：bind 会以 EADDRINUSE 失败。
lab-obstacle-perhaps-process = { $process }（进程 { $number }）占用了所有 IPv6 地址：除非它设置了 IPV6_V6ONLY，否则 bind 会以 EADDRINUSE 失败。
lab-obstacle-perhaps-somebody = 本机的另一个程序占用了所有 IPv6 地址：除非它设置了 IPV6_V6ONLY，否则 bind 会以 EADDRINUSE 失败。
lab-obstacle-closed = 不到一分钟前关闭的连接仍占用这个端口：没有 SO_REUSEADDR，bind 会以 EADDRINUSE 失败。

# 手动调用的程序的调用
lab-field-calls = 手动进行的调用，按顺序排列：程序启动时会再次进行
lab-call-socket = 在哪个套接字上调用，用它在这个程序里的名字；socket 给出这个名字
lab-call-call = 方法，用它在 Python 里的名字
lab-call-thread = 由哪个线程调用
lab-call-family = 地址的族
lab-call-type = 字节流，或者数据报
lab-call-address = IP 地址和端口，主机名（例如 localhost）加端口（先解析，取第一个地址），unix: 加路径，或 @ 加程序的名字或本程序里已绑定的套接字的名字
lab-call-backlog = 允许多少个连接等待接受；Linux 会多放一个
lab-call-as = 新套接字的名字
lab-call-data = 要发送的字节
lab-call-size = 缓冲区的长度，以字节计
lab-call-flags = 只对这一次调用起作用的标志
lab-call-how = 结束连接的哪一半
lab-call-option = 选项，用它在 C 里的名字
lab-call-options = 一个选项和它的值
lab-call-on = 调用是否等待
lab-call-timeout = 调用在 poll 里等多久；none 表示一直等
lab-call-request = 向内核询问什么
lab-calls-full = 这个程序已经保存了 { $most } 个调用。请清除按过的调用
lab-call-key = { $call } 没有参数 { $key }
lab-call-missing = { $call } 需要 { $key }
lab-call-one-option = setsockopt 设置一个选项，这里有 { $count } 个
lab-call-unmade = 在它之前没有调用创建过套接字 { $socket }
lab-call-twice = 已经有套接字 { $socket }
lab-call-nobody = 第 { $number } 个调用 { $call } 指向 @{ $name }：这个实验里没有叫这个名字的程序，这个程序里也没有叫这个名字的套接字
lab-expected-calls = 调用的列表
lab-expected-call = 一个调用，例如 {"{"} socket = "a", call = "listen", backlog = 1 {"}"}
lab-expected-like = 例如 { $example }
lab-expected-made = 先有一个 call = "socket" 来创建它
lab-expected-words = 单词的列表
lab-expected-any-target = 带端口的地址或主机名，unix: 加路径，或 @ 加名字

## Why a call failed: the causes

lab-cause-listening = { $program } 的 { $socket } 从第 { $row } 行起就在那里监听。
lab-cause-bound = { $program } 在第 { $row } 行把 { $socket } 绑定到了这个地址。只在两个套接字之一上设置 SO_REUSEADDR 是不够的。
lab-cause-dual = { $program } 在第 { $row } 行把 { $socket } 绑定到了全部 IPv6 地址，IPv4 地址也随之被占。在它 bind 之前设置 IPV6_V6ONLY，IPv4 就空着。
lab-cause-time-wait = 由本端先关闭的一个连接还占着端口：它处于 TIME_WAIT，还要 { $left }。{ $why }
lab-cause-time-wait-before = 由本端先关闭的一个连接当时占着端口：从关闭起处于 TIME_WAIT 一分钟。{ $why }
lab-why-reuse-neither = 新旧两边都没有设置 SO_REUSEADDR；Linux 要求两边都设置。
lab-why-reuse-only-new = 这个套接字设置了 SO_REUSEADDR，旧的没有；Linux 要求两边都设置。
lab-why-reuse-only-old = 旧的套接字设置了 SO_REUSEADDR，这个没有；Linux 要求两边都设置。
lab-why-reuse-perhaps-old = 这个套接字设置了 SO_REUSEADDR，可见旧的没有；Linux 要求两边都设置。
lab-why-reuse-not-new = 这个套接字没有设置 SO_REUSEADDR；Linux 要求新旧两边都设置。
lab-cause-still-open = { $program } 还有一个属于该端口的连接 { $socket }，从第 { $row } 行起一直打开。两边都设置 SO_REUSEADDR 时，仍可得到这个端口。
lab-cause-process = { $process }（进程 { $number }）占用着 { $address }。
lab-cause-somebody = 本机上一个本实验无权查看的程序占用着 { $address }。
lab-cause-path-left = 文件 { $path } 已经存在：Unix 套接字会留下它。请删除它，或换一个路径。
lab-cause-ports-out = 系统可选范围内的端口都用完了。
lab-cause-unlisted = 也许另一个程序绑定了这个地址而没有监听：这样的套接字不在系统的任何表里。
lab-cause-privileged = 端口 { $port } 属于管理员：在本系统上，其他人可以绑定 { $first } 及以上的端口。
lab-cause-not-mine = 本机没有哪个接口的地址是 { $address }。本机的地址有 { $own }。
lab-cause-other-family = 这个套接字属于 { $socket }，而 { $address } 是 { $wanted } 的地址。
lab-cause-bound-before = 这个套接字在第 { $row } 行已经有了地址：bind 只能成功一次。
lab-cause-no-path = 没有文件 { $path }：没有套接字绑定到它，或它已被删除。
lab-cause-datagram = 这是数据报套接字：它没有连接，也就没有 { $call }。
lab-cause-connected-before = 这个套接字从第 { $row } 行起已与 { $peer } 相连。
lab-cause-listens-itself = 这个套接字从第 { $row } 行起在监听：监听套接字不能 connect。
lab-cause-unbound = 这个套接字还没有地址：在本系统上，bind 要在 listen 之前。
lab-cause-no-listen = 没有对这个套接字调用 listen：顺序是 bind、listen、accept。
lab-cause-listener-shut = 这个套接字从第 { $row } 行起监听，后来被 shutdown：它的程序正在停止。
lab-cause-closed-before = { $program } 曾在那里监听，到第 { $row } 行关闭了 { $socket }。
lab-cause-listens-later = { $program } 的 { $socket } 从第 { $row } 行才开始在那里监听：服务器来晚了。
lab-cause-not-listening = { $program } 在第 { $row } 行把 { $socket } 绑定到了这个地址，但没有调用 listen。
lab-cause-only-v6 = { $program } 的 { $socket } 只在 IPv6 上监听：第 { $row } 行设置了 IPV6_V6ONLY。
lab-cause-other-protocol = { $program } 的 { $socket } 占有端口 { $port }，但用于数据报：UDP 和 TCP 的端口各是各的。
lab-cause-other-address = { $program } 的 { $socket } 在这个端口监听，但地址是 { $address }。
lab-cause-failed-to-start = 本应占有这个地址的 { $program } 在第 { $row } 行失败了。
lab-cause-nobody-listens = 本实验中没有程序在 { $address } 监听过。请先启动服务器，并核对地址和端口。
lab-cause-queue-full = { $program } 的 { $socket } 从第 { $row } 行起在那里监听，却没有从队列中取走任何人：队列满了。
lab-cause-nobody-answers = { $address } 没有应答：那台机器没有开机，或防火墙丢弃了发往那里的内容。
lab-cause-connecting = 第 { $row } 行的 connect 仍在进行。
lab-cause-refused-before = 第 { $row } 行的 connect 已在后台失败，由这个调用得知。请新建一个套接字。
lab-cause-v6-for-mapped = 这个套接字只用于 IPv6（IPV6_V6ONLY，第 { $row } 行），而 { $address } 是 IPv4 地址。
lab-cause-port-zero = { $address } 的端口是 0，那里不会有任何人。
lab-cause-broadcast = { $address } 代表整个网络，需要设置 SO_BROADCAST。
lab-cause-nonblocking = 这个套接字从第 { $row } 行起不阻塞：调用立即返回。
lab-cause-timeout = { $option } 从第 { $row } 行起是 { $value }，这段时间已过。
lab-cause-peer-does-not-read = 发给 { $socket } 的内容中，{ $program } 还有 { $left } B 没有读取。
lab-cause-shut-by-itself = 本端在第 { $row } 行关闭了自己的发送方向。
lab-cause-never-connected = 这个套接字从未连接：要先 connect。
lab-cause-connect-failed = 第 { $row } 行的 connect 没有成功。
lab-cause-listener-moves-nothing = 这个套接字从第 { $row } 行起在监听：收发数据要用 accept 返回的套接字。
lab-cause-reset-before = 连接已被中断；第 { $row } 行的调用已经得知。
lab-cause-peer-closed = { $program } 在第 { $row } 行关闭了 { $socket }。
lab-cause-peer-ended = 对端已结束它的字节流：第 { $row } 行的 recv 返回了 0。
lab-cause-peer-lingered = { $program } 在第 { $row } 行关闭 { $socket } 时 SO_LINGER 为 0（第 { $set } 行）：这会中断连接。
lab-cause-peer-left-unread = { $program } 在第 { $row } 行关闭 { $socket } 时还有 { $left } B 没有读取：这会中断连接。
lab-cause-listener-closed = { $program } 在第 { $row } 行关闭了监听套接字 { $socket }，而这个连接还在队列中等待。
lab-cause-peer-outside = { $address } 不是本实验的程序：它关闭时还有数据没读，或 SO_LINGER 为 0，或它的程序已退出。
lab-cause-no-destination = 这个套接字没有对端，调用也没有给出地址：请先 connect，或改用 sendto。
lab-cause-too-long = { $length } B 超过了一个数据报所能容纳的：最多 { $most } B。
lab-cause-nobody-bound = 第 { $row } 行发出的内容没有遇到套接字，由这个调用得知。套接字仍可继续使用。
lab-cause-probes = { $option } 从第 { $row } 行起是 { $value }，而对端没有应答。
lab-cause-after-bind = 套接字一有地址，{ $option } 就固定了；它在第 { $row } 行得到地址。
lab-cause-out-of-range = 内核不接受 { $option } 的值 { $value }，或在套接字的这个状态下不接受。
lab-cause-read-only = { $option } 只能读取，不能设置。
lab-cause-other-socket = { $option } 不属于 { $family }、{ $kind } 的套接字。
lab-cause-joined = 这个套接字从第 { $row } 行起已在该组中。
lab-cause-not-joined = 这个套接字从未加入该组。
lab-cause-path-held = { $program } 在第 { $row } 行把 { $socket } 绑定到了 { $path }。
lab-cause-path-stale = 文件 { $path } 还在，但背后已经没有套接字：它的服务器已经结束。请重新启动服务器。
lab-cause-path-closed = { $program } 在第 { $row } 行关闭了 { $socket }；文件 { $path } 留了下来，但已无人监听。
lab-cause-many-files = 此记录中有 { $all } 个套接字打开着，其中 { $most } 个属于 { $program }。
lab-cause-filter-locked = 这个套接字的过滤程序在第 { $row } 行被固定（SO_LOCK_FILTER），不能撤销。
lab-cause-option-rights = { $option } = { $value } 需要本程序没有的权限（CAP_NET_ADMIN 或其他权限）。
lab-cause-firewall = 本机的防火墙规则禁止向 { $address } 发送（nft list ruleset 可显示规则）。
lab-cause-no-router = 第 { $row } 行设置了 SO_DONTROUTE：不经过路由器，只能到达本机直接所在的网络。
lab-cause-no-route = 本机没有通往 { $address } 的路由：它没有该地址族的地址。
lab-cause-no-route-from = 本机没有通往 { $address } 的路由。本机的地址是 { $own }。
lab-cause-no-host = { $address } 所在的网络可以到达，但没有主机以这个地址应答：主机已关机，或地址有误。
