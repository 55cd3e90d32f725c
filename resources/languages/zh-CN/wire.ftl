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

# IPv4 addresses
wire-ipv4-numbers = 地址由点号隔开的四个数字组成，而这里有 { $count } 个
wire-ipv4-number = 第 { $place } 个数字“{ $number }”不在 0 到 255 之间
wire-ipv4-zero = 第 { $place } 个数字“{ $number }”以 0 开头：有些程序会按八进制读取
wire-ipv4-why = 共 { $addresses } 个地址，减去网络地址和广播地址
wire-ipv4-why-31 = 两台主机之间链路的两端，都可使用（RFC 3021）
wire-ipv4-why-32 = 一台主机
wire-ipv4-limited = 受限广播
wire-ipv4-limited-why = 到达本网络的每台主机，路由器不转发。
wire-ipv4-documentation = 文档用
wire-ipv4-documentation-why = 用于文章中的示例；没有主机使用。
wire-ipv4-protocols = 协议分配
wire-ipv4-protocols-why = 留给 IETF 的协议。
wire-ipv4-private = 私有
wire-ipv4-private-why = 任何人都可在自己的网络中使用；互联网从不路由它。
wire-ipv4-link = 链路本地
wire-ipv4-link-why = 没有人分配地址时，主机给自己的地址；只能到达所在链路。
wire-ipv4-benchmark = 基准测试
wire-ipv4-benchmark-why = 用于比较网络设备的测试。
wire-ipv4-shared = 运营商共享
wire-ipv4-shared-why = 用于运营商与客户之间，还要再经过一次地址转换。
wire-ipv4-loopback = 环回
wire-ipv4-loopback-why = 从不离开本机。
wire-ipv4-this = 本网络
wire-ipv4-this-why = 套接字绑定到 0.0.0.0 时，它代表本机的每个地址。
wire-ipv4-multicast = 组播
wire-ipv4-multicast-why = 表示一个组：加入者都能收到。
wire-ipv4-reserved = 保留
wire-ipv4-reserved-why = 留待将来，几乎无处可用。

# IPv6 addresses
wire-ipv6-unspecified = 未指定
wire-ipv6-unspecified-why = 套接字绑定到它时，它代表本机的每个地址。
wire-ipv6-loopback = 环回
wire-ipv6-loopback-why = 从不离开本机；这类地址只有这一个。
wire-ipv6-mapped = IPv4 映射
wire-ipv6-mapped-why = 双栈的 IPv6 套接字就这样表示 IPv4 的对端。
wire-ipv6-translated = 转换为 IPv4
wire-ipv6-translated-why = 由转换器送到最后 32 位所写的 IPv4 地址（NAT64）。
wire-ipv6-teredo = 即 Teredo
wire-ipv6-teredo-why = 穿过 IPv4 与 UDP 的隧道。
wire-ipv6-documentation = 文档用
wire-ipv6-documentation-why = 用于文章中的示例；没有主机使用。
wire-ipv6-6to4 = 即 6to4
wire-ipv6-6to4-why = 经过 IPv4 的隧道，已弃用（RFC 7526）。
wire-ipv6-link = 链路本地
wire-ipv6-link-why = 每个接口都有一个。它只能到达所在链路，因此程序必须说明经由哪个接口（%eth0）。
wire-ipv6-multicast = 组播
wire-ipv6-multicast-why = 表示一个组：加入者都能收到。IPv6 没有广播。
wire-ipv6-local = 唯一本地
wire-ipv6-local-why = 用于自己的网络，如同 IPv4 的私有地址，其中一段随机产生。
wire-ipv6-global = 全球
wire-ipv6-global-why = 除非有防火墙阻挡，从任何地方都能到达。
wire-ipv6-reach-interface = 仅本接口
wire-ipv6-reach-link = 本链路
wire-ipv6-reach-realm = 本领域或本管理区
wire-ipv6-reach-site = 本站点
wire-ipv6-reach-organization = 本组织
wire-ipv6-reach-global = 任何地方
wire-ipv6-reach-other = 未分配

# Headers around a message
wire-header-payload = 程序交出的内容。它可能与其他内容同在一个包里，也可能被切成几个包。
wire-header-mac-loopback = 环回没有线路，也没有网卡；抓包中这里是零。
wire-header-mac = 网卡自己的地址，或下一个路由器的地址：套接字都不会告诉。
wire-header-ethertype = 后面是什么。
wire-header-address = 来自套接字，或来自调用时给出的地址。
wire-header-address-unknown = 追踪中没有：从未查询过该套接字的地址。
wire-header-length = 消息都在一个包中时，从这里起的字节数。
wire-header-cut = 一个包装不下这条消息。
wire-header-version = 版本 4；首部五个字长，没有选项。
wire-header-dscp = 有多紧急，以及途中队列是否满过；除非程序另有要求，都为 0。
wire-header-identification = 用来区分不同包的分片；由内核计数。
wire-header-fragment = DF：不要分片，Linux 会这样要求。
wire-header-ttl = 每个路由器减一，到 0 就被丢弃。多数系统从 64 开始，Windows 从 128 开始。
wire-header-protocol = 后面是什么，按 IANA 的编号。
wire-header-checksum-unknown = 它由若干字段算出，而这些字段并非都已知。
wire-header-checksum-ip = 只覆盖这个首部；每个路由器都重新计算。
wire-header-flow = 版本 6、流量类别，以及内核为每个流抽取的标签。
wire-header-port = 发往或来自那台计算机的哪个套接字。
wire-header-sequence = 第一个字节在字节流中的位置；起点是随机数。
wire-header-acknowledgement = 期待对方发来的下一个字节。
wire-header-flags = 首部长度；连接后每个报文段都带 ACK，一次发送的最后一段带 PSH。
wire-header-window = 还容得下多少字节。
wire-header-urgent = 为 0，因为没有使用 MSG_OOB。
wire-header-options = 通常是两个时间戳和两个填充（RFC 7323）。
wire-header-checksum = 覆盖地址、本首部和消息（RFC 768、RFC 9293）。
wire-header-checksum-loopback = 覆盖地址、首部和消息；在环回上 Linux 不把它算完，因为那里不会出错。
