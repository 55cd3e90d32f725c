# Sentences of the floor wire.

wire-hex-digit = 第 { $column } 个字符“{ $found }”不是十六进制数字
wire-hex-half = 第 { $column } 个字符处的字节只有一位十六进制数字，应写两位，例如 0a
wire-escape-unknown = 第 { $column } 个字符处的“\{ $found }”不是转义序列；反斜杠本身写作 \\
wire-escape-unfinished = 文本在第 { $column } 个字符的反斜杠之后就结束了；反斜杠本身写作 \\
wire-escape-byte = 第 { $column } 个字符处的“\x”后面需要两位十六进制数字，例如 \x0a
wire-escape-character = 第 { $column } 个字符处的“\u”后面需要花括号中的字符编号，例如 \u{"{4f60}"}
wire-charset-missing = { $charset } 中没有字符“{ $character }”（文本的第 { $column } 个字符）

# Framing: what is broken in a stream, and what does not fit into a frame
wire-frame-no-delimiter = 第 { $message } 条消息超过了允许的 { $most } B：其间没有出现 { $delimiter }。跳过它，直到下一个 { $delimiter }。
wire-frame-long = 按帧的标示，第 { $message } 条消息有 { $length } B，而最多接受 { $most } B。跳过它。
wire-frame-header = 第 { $message } 条消息前的长度为 { $said } B。该长度包含自身，因此至少应为 { $least } B。跳过它。
wire-frame-unfinished = 字节流在第 { $message } 条消息中结束：这一帧应有 { $expected } B，只收到 { $came } B。
wire-frame-undelimited = 字节流在第 { $message } 条消息中结束：收到 { $came } B，没有等到应有的 { $delimiter }。
wire-frame-headless = 字节流在第 { $message } 条消息前的长度中结束：只收到其中 { $came } B。
wire-frame-unfit-long = 消息有 { $length } B，而分帧方式只容得下 { $most } B。未发送。
wire-frame-unfit-delimiter = 消息中含有 { $delimiter }，它在这里表示一条消息的结束：对方会当作两条。未发送。

# TFTP: what can be wrong with a packet
wire-tftp-short = 数据报只有 { $length } B，不足以构成 TFTP 报文：仅操作码就占 2 字节，DATA、ACK 和 ERROR 至少 4 字节。
wire-tftp-opcode = 没有操作码为 { $number } 的 TFTP 报文；操作码为 1 到 { $last }。
wire-tftp-long = 请求有 { $length } B，最多允许 { $most } B（RFC 2347）。
wire-tftp-no-name = 请求中没有文件名。
wire-tftp-name-open = 文件名没有以零字节结尾。
wire-tftp-no-mode = 请求中没有传输模式。
wire-tftp-mode-open = 传输模式没有以零字节结尾。
wire-tftp-mode = 这里没有“{ $mode }”模式；只能是 octet 或 netascii。
wire-tftp-no-option-name = 字节 { $offset } 处的选项没有名称。
wire-tftp-option-name-open = 字节 { $offset } 处的选项名没有以零字节结尾。
wire-tftp-no-value = 选项 { $name } 没有值。
wire-tftp-value-open = 选项 { $name } 的值没有以零字节结尾。
wire-tftp-twice = 选项 { $name } 出现了两次；每个选项只能给出一次（RFC 2347）。
wire-tftp-text-open = 文本没有以零字节结尾。
wire-tftp-range = { $name } 必须是 { $least } 到 { $most } 之间的数字。
wire-tftp-no-number = { $name } 必须是数字。

# TFTP: what the codes of ERROR mean
wire-tftp-error-undefined = 原因见文本（RFC 1350）。
wire-tftp-error-not-found = 没有这个文件（RFC 1350）。
wire-tftp-error-access = 不允许读取或写入该文件（RFC 1350）。
wire-tftp-error-full = 磁盘已满，或配额已用完（RFC 1350）。
wire-tftp-error-illegal = 报文格式有误，或不应出现在那里（RFC 1350）。
wire-tftp-error-tid = 报文来自与本次传输无关的端口（RFC 1350）。
wire-tftp-error-exists = 文件已经存在（RFC 1350）。
wire-tftp-error-user = 没有这个用户；用于已废弃的 mail 模式（RFC 1350）。
wire-tftp-error-options = 对方不接受这些选项（RFC 2347）。
wire-tftp-error-other = 没有 RFC 定义代码 { $code }。

# TFTP: the fields of a packet
wire-tftp-field-opcode = 操作码
wire-tftp-field-name = 文件名
wire-tftp-field-mode = 模式
wire-tftp-field-option = 选项
wire-tftp-field-value = 值
wire-tftp-field-block = 块号
wire-tftp-field-data = 数据
wire-tftp-field-code = 错误代码
wire-tftp-field-text = 文本
wire-tftp-field-surplus = 多余部分

# TFTP: what the RFCs say about a field
wire-tftp-rule-opcode = 两个字节，说明报文的种类（RFC 1350 第 5 节）。
wire-tftp-rule-rrq = 请求读取文件。服务器从一个新端口应答（RFC 1350 第 4、5 节）。
wire-tftp-rule-wrq = 请求写入文件。服务器从一个新端口应答（RFC 1350 第 4、5 节）。
wire-tftp-rule-data = 携带文件的一个块。第一块的编号为 1（RFC 1350 第 5 节）。
wire-tftp-rule-ack = 确认一个块以及它之前的所有块。没有收到的报文绝不会被确认（RFC 1350 第 5 节）。
wire-tftp-rule-error = 结束传输。它既不被确认，也不会重发（RFC 1350 第 5、7 节）。
wire-tftp-rule-oack = 批准选项。其中只能有请求过的选项（RFC 2347）。
wire-tftp-rule-block = 块从 1 开始编号。65535 之后接着是 0，这是各个良好实现的共识；RFC 1350 没有规定。
wire-tftp-rule-acknowledged = 按顺序收到的最后一块。ACK 0 是对写请求或 OACK 的应答（RFC 1350 第 5 节；RFC 2347）。
wire-tftp-rule-bytes = 文件的字节。少于块长（也可以为空）表示这是最后一块（RFC 1350 第 6 节）。
wire-tftp-rule-code = 两个字节，说明传输结束的原因（RFC 1350 附录）。
wire-tftp-rule-text = 供人阅读，以零字节结尾（RFC 1350 第 5 节）。
wire-tftp-rule-name = 服务器上的文件名，以零字节结尾（RFC 1350 第 5 节）。
wire-tftp-rule-length = 请求最多 512 字节（RFC 2347）。
wire-tftp-rule-mode = 文件字节的发送方式，不分大小写：octet 或 netascii（RFC 1350 第 5 节）。
wire-tftp-rule-octet = 文件的字节原样发送（RFC 1350 第 5 节）。
wire-tftp-rule-netascii = 文件是文本：CR LF 表示行尾，文本中的 CR 发送为 CR NUL（RFC 1350 第 5 节；RFC 764）。
wire-tftp-rule-blksize = 一个块中的文件字节数，8 到 65464。服务器可以批准更小的值（RFC 2348）。
wire-tftp-rule-timeout = 重发报文之前等待的秒数，1 到 255。服务器要么照此批准，要么不批准（RFC 2349）。
wire-tftp-rule-tsize = 整个文件的字节数，由拥有文件的一方告知。读取文件的客户端以 0 询问（RFC 2349）。
wire-tftp-rule-windowsize = 每个 ACK 对应发送的块数，1 到 65535。服务器可以批准更小的值（RFC 7440）。
wire-tftp-rule-unknown = 本实验室不认识的选项。服务器会忽略它（RFC 2347）。
wire-tftp-rule-value = 数字，以零字节结尾（RFC 2347）。
wire-tftp-rule-surplus = 这些字节不属于这种报文，不予理会。

# HTTP：消息可能有的错误
wire-http-bad-line = 第一行既不是请求行（方法、目标、HTTP/1.1），也不是状态行（HTTP/1.1、三位数字）。
wire-http-bad-version = { $found } 不是这里使用的版本：应为 HTTP/1.0 或 HTTP/1.1。
wire-http-bad-name = 有一个首部行的名称不是以冒号结束的：名称中没有空格，也没有接续上一行的行。
wire-http-bad-value = 某个首部的值含有控制字符。
wire-http-bad-line-end = 有一行以 CR 结束，后面却没有 LF。
wire-http-many-headers = 消息的首部超过 { $most } 个。
wire-http-long-line = 第一行超过了头部允许的 { $most } B。
wire-http-long-head = 头部超过了允许的 { $most } B。
wire-http-no-host = HTTP/1.1 的请求必须有 Host。
wire-http-hosts = 请求有不止一个 Host。
wire-http-bad-length = Content-Length“{ $found }”不是字节数。
wire-http-lengths = 消息有两个不同的 Content-Length。
wire-http-both = 消息同时有 Content-Length 和 Transfer-Encoding：两个读取者可能看到两条不同的消息（RFC 9112 第 6.3 节）。
wire-http-coding = 这里不认识传输编码“{ $found }”，只认识 chunked。
wire-http-unchunked = Transfer-Encoding 没有以唯一的 chunked 结尾。
wire-http-old-coding = HTTP/1.0 没有 Transfer-Encoding。
wire-http-chunk-size = 块前面的一行不是以 CR LF 结束的十六进制长度。
wire-http-chunk-end = 按长度块应在此结束，却还有内容：这里应为 CR LF。
wire-http-trailers = 最后一块之后的内容过长，或不是尾部首部。
wire-http-bad-target = 目标“{ $found }”不是路径：它以 / 开头，每个 % 之后应是 UTF-8 文本。

# HTTP：消息的各个部分及其含义
wire-http-part-method = 方法
wire-http-part-target = 目标
wire-http-part-version = 版本
wire-http-part-status = 状态码
wire-http-part-reason = 原因短语
wire-http-part-header = 首部
wire-http-part-blank = 空行
wire-http-part-body = 消息体
wire-http-part-size = 块长度
wire-http-part-chunk = 块
wire-http-part-border = 块结束
wire-http-part-trailers = 尾部
wire-http-part-rest = 其余
wire-http-rule-get = 请求目标所指的内容，不改变任何东西（RFC 9110 第 9.3.1 节）。
wire-http-rule-head = 与 GET 相同，但应答没有消息体：只要头部（RFC 9110 第 9.3.2 节）。
wire-http-rule-post = 把消息体交给目标，浏览器提交表单就是这样（RFC 9110 第 9.3.3 节）。
wire-http-rule-put = 把消息体放到目标所指的位置（RFC 9110 第 9.3.4 节）。
wire-http-rule-delete = 请求删除目标所指的内容（RFC 9110 第 9.3.5 节）。
wire-http-rule-connect = 请求代理建立通往目标的隧道（RFC 9110 第 9.3.6 节）。
wire-http-rule-options = 询问对目标可以做什么（RFC 9110 第 9.3.7 节）。
wire-http-rule-trace = 请求把到达的内容原样发回（RFC 9110 第 9.3.8 节）。
wire-http-rule-patch = 请求按消息体的说明修改目标（RFC 5789）。
wire-http-rule-method = 说明要做什么的一个词。已注册且这里认识的有：{ $known }（RFC 9110 第 9 节）。
wire-http-rule-target = 路径，以及 ? 之后的查询。%20 这样的写法代表一个字节（RFC 9112 第 3.2 节）。
wire-http-rule-version = 发送方使用的版本：除非有一方说 close，连接保持打开（RFC 9112 第 9.3 节）。
wire-http-rule-version-0 = 较旧的版本：除非双方都说 keep-alive，连接在应答之后结束（RFC 9112 第 9.3 节）。
wire-http-rule-status-1 = 中间应答：真正的应答随后到来（RFC 9110 第 15.2 节）。
wire-http-rule-status-2 = 服务器完成了所请求的事（RFC 9110 第 15.3 节）。
wire-http-rule-status-3 = 还需要进一步操作：通常是改为请求 Location（RFC 9110 第 15.4 节）。
wire-http-rule-status-4 = 服务器认为客户端有错（RFC 9110 第 15.5 节）。
wire-http-rule-status-5 = 服务器出错，或不支持这个请求（RFC 9110 第 15.6 节）。
wire-http-rule-reason = 状态码的文字说明，供人阅读；程序只看数字（RFC 9112 第 4 节）。
wire-http-rule-host = 要找的是哪个服务器：一个地址可以有许多名称。HTTP/1.1 必须有它（RFC 9110 第 7.2 节）。
wire-http-rule-connection = 这次交换之后连接是保持打开（keep-alive）还是结束（close）（RFC 9112 第 9.6 节）。
wire-http-rule-content-length = 消息体的字节数；下一条消息从它之后开始（RFC 9112 第 6.2 节）。
wire-http-rule-content-type = 消息体是什么：类型，文本还有字符集（RFC 9110 第 8.3 节）。
wire-http-rule-transfer-encoding = 消息体分块到来，每块前面有长度：发送方不必事先知道总长（RFC 9112 第 7.1 节）。
wire-http-rule-user-agent = 提出请求的程序（RFC 9110 第 10.1.5 节）。
wire-http-rule-server = 作出应答的程序（RFC 9110 第 10.2.4 节）。
wire-http-rule-date = 应答产生的时间，GMT（RFC 9110 第 6.6.1 节）。
wire-http-rule-location = 应改为请求的位置（RFC 9110 第 10.2.2 节）。
wire-http-rule-allow = 这里可以使用的方法；405 的应答必须说明（RFC 9110 第 10.2.1 节）。
wire-http-rule-expect = 客户端等到 100 Continue 才发送消息体（RFC 9110 第 10.1.1 节）。
wire-http-rule-referer = 链接到这里的页面（RFC 9110 第 10.1.3 节）。
wire-http-rule-cookie = 服务器让浏览器保存并在以后出示的一张便条：HTTP 本身什么也不记得（RFC 6265）。
wire-http-rule-accept = 客户端能使用的内容（RFC 9110 第 12.5 节）。
wire-http-rule-cache = 关于保存的副本：可以多旧，是否仍然有效（RFC 9111）。
wire-http-rule-authorization = 谁在请求，或如何说明身份（RFC 9110 第 11 节）。
wire-http-rule-header = 名称、冒号和值；名称不分大小写（RFC 9110 第 5 节）。
wire-http-rule-early = 消息之前的空行会被跳过（RFC 9112 第 2.2 节）。
wire-http-rule-blank = 头部结束：如果有消息体，它随后到来（RFC 9112 第 2.1 节）。
wire-http-rule-body-exact = 字节数与 Content-Length 一致（RFC 9112 第 6.2 节）。
wire-http-rule-body-close = 没有给出长度：消息体随连接一起结束（RFC 9112 第 6.3 节）。
wire-http-rule-size = 后面的字节数，十六进制；0 表示最后一块（RFC 9112 第 7.1 节）。
wire-http-rule-chunk = 消息体的字节（RFC 9112 第 7.1 节）。
wire-http-rule-border = 结束这一块，不属于消息体（RFC 9112 第 7.1 节）。
wire-http-rule-trailers = 迟到的首部，以及结束消息的空行（RFC 9112 第 7.1.2 节）。
wire-http-rule-rest = 不知道下一条消息从哪里开始：这些字节不属于任何消息。

# Bytes as Python writes them
wire-literal-none = 字节写作 b'...'
wire-literal-open = 缺少结束字节串的引号
wire-literal-more = 字节串之后第 { $column } 个字符处还有内容
wire-literal-ascii = 第 { $column } 个字符“{ $found }”不是 ASCII 字符；它的字节可以写作 \x..

# Values packed by a format, as Python's struct does it
wire-pack-order-native = 本机：本机的字节序、大小和对齐
wire-pack-order-standard = 本机字节序，标准大小，不对齐
wire-pack-order-little = 小端在前，标准大小，不对齐
wire-pack-order-big = 大端在前，标准大小，不对齐
wire-pack-order-network = 网络字节序：大端在前，标准大小，不对齐
wire-pack-unknown = 第 { $column } 个字符“{ $found }”不是 struct 的格式字符
wire-pack-late-order = 第 { $column } 个字符“{ $found }”用来设定字节序，只能写在最前面
wire-pack-native-only = 第 { $column } 个字符“{ $found }”没有标准大小，只能用于以 @ 开头或没有字节序字符的本机格式
wire-pack-count-alone = 第 { $column } 个字符处的数字之后没有格式字符
wire-pack-too-large = 从第 { $column } 个字符起超过了 { $most } 字节，这里最多打包这么多
wire-pack-too-long = 格式长于 { $most } 个字符
wire-pack-values = 格式需要 { $wanted } 个值，而这里有 { $given } 个
wire-pack-short = 格式有 { $wanted } B，而这里只有 { $given } B：struct 此时什么也不解包
wire-pack-long = 格式有 { $wanted } B，而这里有 { $given } B：两者相等时 struct 才解包
wire-pack-int = { $code } 需要整数，例如 7、-7 或 0x1f
wire-pack-range = { $code } 可容纳 { $least } 到 { $most }
wire-pack-float = { $code } 需要数字，例如 2.5
wire-pack-float-large = 这个数字对 { $code } 来说太大
wire-pack-bool = ? 需要 True 或 False
wire-pack-bytes = { $code } 需要字节，例如 b'octet'；文本用 encode() 变成字节
wire-pack-one-byte = c 需要一个字节，而这里有 { $given } 个
