# Sentences of the floor net.

## A call that failed: the call, its errno, and what that means here

net-error = { $call }：{ $errno }。{ $meaning }
net-error-limit = { $call } 在 { $limit } 内没有得到回答（{ $errno }）。{ $meaning }
net-meaning-closed = 套接字已关闭，没有进行该调用。
net-meaning-inexpressible = 没有进行该调用，因为参数无法表示成 C 所要求的形式：路径太长，或者数值太大。
net-meaning-other = { $name } 的手册页说明了何时会发生这种情况。
net-meaning-files-process = 本进程打开的套接字和文件已达上限（ulimit -n）。请关闭一些，或提高上限。
net-meaning-files-system = 整个系统打开的文件数已达上限。请关闭一些程序。
net-meaning-family = 本系统不提供这个地址族。IPv6 可能已被关闭。
net-meaning-socket-type = 在本系统上，这个地址族没有这种类型的套接字。
net-meaning-bind-in-use = 另一个套接字占用着这个地址，或者用过它的连接还处于 TIME_WAIT。请停止那个程序，换一个端口（0 由系统选择），或者在新旧两个服务器 bind 之前都设置 SO_REUSEADDR。Unix 路径在套接字关闭后仍然存在：请删除该文件。
net-meaning-bind-access = 这个地址受到保护：1024 以下的端口需要特权，Unix 路径需要可写的文件夹。请使用 1024 或更大的端口。
net-meaning-bind-permission = 系统不允许本程序使用这个地址。
net-meaning-bind-not-here = 本机没有这个地址。请 bind 本机的某个地址、127.0.0.1，或者用 0.0.0.0 表示所有地址。
net-meaning-bind-again = 这个套接字已经有地址了：bind 只能成功一次。要用别的地址，请新建套接字。
net-meaning-address-family = 地址与套接字不属于同一个地址族。IPv4 套接字只接受 IPv4 地址。
net-meaning-path-missing = 路径不存在：没有套接字 bind 到它，或者所在的文件夹不存在。请先启动服务器。
net-meaning-path-folder = 路径中有一部分是文件，不是文件夹。
net-meaning-path-read-only = 该路径所在的文件系统是只读的。
net-meaning-listen-in-use = 已有另一个套接字在监听这个地址。两个设置了 SO_REUSEADDR 的套接字可以共用地址，但只有一个能监听。
net-meaning-listen-datagram = 数据报套接字没有连接：既不能 listen，也不能 accept。请直接用 recvfrom 接收。
net-meaning-listen-state = 套接字已连接，或者（在 Windows 上）还没有 bind。监听套接字应当已 bind 且没有对端。
net-meaning-accept-not-listening = 套接字没有在监听：没有调用 listen，或者服务器正在停止。
net-meaning-accept-nobody = 没有人连接：套接字是非阻塞的，或者 SO_RCVTIMEO 已到。稍后再次 accept。
net-meaning-accept-aborted = 客户端在被接受之前就放弃了。继续 accept 下一个。
net-meaning-connect-refused = 没有程序在监听这个地址：对方主机回答端口已关闭。请先启动服务器，并核对地址和端口。
net-meaning-connect-no-answer = 没有任何回答，连拒绝也没有：对方主机没开机、防火墙丢弃了数据包，或者监听者的队列已满。
net-meaning-net-unreachable = 本机没有通往该网络的路由。请核对地址，或者使用 127.0.0.1、::1 这样的环回地址。
net-meaning-host-unreachable = 有路由，但那一端的主机没有应答。
net-meaning-connect-no-port = 没有可用于连接该对端的本地端口了，或者该地址无法连接（端口 0）。
net-meaning-connect-in-use = 同一条连接（相同的本地地址和对端）已经存在。
net-meaning-connected = 套接字已经连接，或者正在监听。流套接字只能连接一次：请新建一个。
net-meaning-connect-going-on = 连接在后台继续：套接字是非阻塞的，或者 SO_SNDTIMEO 已到。请用 poll 等待 POLLOUT，然后读取 SO_ERROR。
net-meaning-connect-already = 这个套接字之前的 connect 仍在进行。请用 poll 等待 POLLOUT，然后读取 SO_ERROR。
net-meaning-connect-queue = 监听者的队列已满（Unix），或者没有空闲的本地端口。请稍后再试。
net-meaning-connect-type = 该路径属于另一种类型的套接字：流与数据报不能混用。
net-meaning-connect-address = 地址不适合这个套接字：在 IPv6 套接字上用了 IPv4 地址，或者链路本地地址没有指明接口。
net-meaning-connect-access = 不允许：没有 SO_BROADCAST 的广播地址、防火墙规则，或者不可写的 Unix 路径。
net-meaning-connect-aborted = 连接在得到回答之前被放弃：程序正在停止，或者之前的尝试已经失败。
net-meaning-connect-reset = 连接建立过程中被对端中断。
net-meaning-send-pipe = 连接已经结束：对端已关闭并告知，本端已关闭发送方向，或者从未建立连接。不能再发送任何数据。
net-meaning-reset = 对端用 RST 中断了连接：关闭时还有未读的字节，SO_LINGER 为 0，或者程序崩溃。途中的数据已丢失。
net-meaning-datagram-refused = 之前的数据报到达了关闭的端口：对方主机已告知，由这次调用首先报告。套接字仍可使用。
net-meaning-not-connected = 套接字没有对端：没有调用 connect、connect 没有成功，或者连接已经结束。
net-meaning-no-destination = 数据报没有目的地址。请先调用 connect，或者使用 sendto。
net-meaning-send-full = 发送缓冲区没有空间：套接字是非阻塞的，或者 SO_SNDTIMEO 已到。对端读得太慢；请用 poll 等待 POLLOUT。
net-meaning-datagram-too-long = 数据报超过了最大长度：IPv4 为 65507 字节，IPv6 为 65527 字节，有的系统更小。请分成多个较小的发送。
net-meaning-send-access = 不允许：发往广播地址需要 SO_BROADCAST；否则是防火墙规则禁止。
net-meaning-send-buffers = 网络接口现在没有空间。请放慢发送。
net-meaning-send-address = 无法发往该地址：端口为 0、地址族不同，或者链路本地地址没有指明接口。
net-meaning-recv-nothing = 没有数据到来：套接字是非阻塞的，或者 SO_RCVTIMEO 已到。连接保持原样；可以再次调用，或用 poll 等待 POLLIN。
net-meaning-peer-silent = 对端不再应答：keepalive 探测或重传的报文段没有回应，或者（在 Windows 上）SO_RCVTIMEO 已到。
net-meaning-datagram-cut = 数据报比缓冲区长，其余部分已丢失。请使用更大的缓冲区。
net-meaning-option-value = 内核不接受这个值，或者在当前状态下不接受：有些选项必须在 bind 之前设置。
net-meaning-option-unknown = 这个套接字不认识该选项：它属于另一种协议。
net-meaning-option-family = 这种地址族或类型的套接字没有该选项。
net-meaning-option-rights = 设置该选项需要更高的权限。
net-meaning-option-domain = 该值超出了内核能表示的范围。
net-meaning-group-joined = 套接字已经在这个接口上加入了该组。
net-meaning-group-not-joined = 套接字不在这个接口的该组中，或者没有接口拥有这个地址。
net-meaning-no-interface = 没有这样的网络接口，或者没有路由决定使用哪个接口。请指明接口。
net-meaning-group-stream = 只有数据报套接字才能使用多播组。
net-meaning-groups-full = 套接字加入的组数已达上限。
net-meaning-interrupted = 调用在完成之前被信号中断。请再次调用。
net-meaning-memory = 内核没有可用于套接字的内存了。
net-meaning-permission = 系统不允许：可能是防火墙规则，或者本程序没有相应的权限。

## Socket options: what each does, and when that matters

net-option-so-broadcast = 允许向广播地址发送数据报；没有它 sendto 会以 EACCES 失败。它只对发送方的套接字有意义。
net-option-so-keepalive = 连接长时间空闲时发送探测，没有回应就以 ETIMEDOUT 结束连接。当对端可能不声不响地消失而又没有数据发送时，它才有意义。
net-option-so-linger = 让 close 最多等待这么多秒，直到已发送的数据得到确认；0 表示丢弃数据并用 RST 重置连接。当 close 不应在对端收到字节之前返回，或者不希望留下 TIME_WAIT 时，它才有意义。
net-option-so-oobinline = 把紧急字节（MSG_OOB）留在字节流中，而不是放在一边。当对端发送紧急字节时，它才有意义。
net-option-so-rcvbuf = 设置内核中可以有多少字节等待程序接收；缓冲区满时 TCP 发送方会停下，而数据报会丢失。请在 connect 或 listen 之前设置，因为 TCP 在那时确定窗口缩放；设置后不再自动增长。
net-option-so-rcvtimeo = 限制 recv、recvfrom 和 accept 阻塞的时间；到时后以 EAGAIN 失败（在 Windows 上为 ETIMEDOUT）。当程序不能永远等待时，它才有意义。
net-option-so-reuseaddr = 允许 bind 使用仍被 TIME_WAIT 连接占用的地址；在 Linux 上，旧套接字当时也必须设置了它。当服务器要立即重启时，它才有意义；在 Windows 上它甚至会让别的程序抢走端口。
net-option-so-reuseport = 允许同一用户的多个套接字 bind 同一个地址，Linux 会在它们之间分配连接和数据报。当多个进程或线程服务同一个端口时，它才有意义；它们都必须在 bind 之前设置。
net-option-so-sndbuf = 设置在对端确认之前，内核可以从 send 接收多少字节；缓冲区满时 send 会阻塞。当想观察 send 阻塞或只发送一部分时，它才有意义；设置后不再自动增长。
net-option-so-sndtimeo = 限制 send 和 connect 阻塞的时间；到时后，在 Linux 上 send 以 EAGAIN 失败，connect 以 EINPROGRESS 失败。当对端可能读得太慢或完全不回答时，它才有意义。
net-option-ip-add-membership = 在一个接口上加入 IPv4 多播组，从而接收发给它的数据报。它对接收方有意义；发送方不必是成员。
net-option-ip-drop-membership = 在一个接口上离开 IPv4 多播组。当程序不再需要该组而继续运行时，它才有意义；close 会离开所有的组。
net-option-ip-multicast-if = 按地址选择 IPv4 多播数据报从哪个接口发出。当有多个接口，或者没有通往该组的路由（例如在环回上）时，它才有意义。
net-option-ip-multicast-loop = 决定本机的成员是否收到这个套接字发往 IPv4 组的数据报。它在发送方设置（在 Windows 上是接收方）。它对环回接口不起作用。
net-option-ip-multicast-ttl = 限制发往 IPv4 组的数据报可以经过多少个路由器；1 表示留在本地网络。当成员在更远的地方时，它才有意义。
net-option-ip-tos = 用服务类别（DSCP，RFC 2474）标记这个套接字的数据包，供沿途路由器使用。它在区别对待各类别的网络中有意义。环回上没有人理会它。
net-option-ip-ttl = 限制这个套接字的数据包被丢弃之前可以经过多少个路由器。当想知道对端有多远时（如 traceroute），它才有意义。在 IPv6 套接字上它对 IPv4 对端有效。
net-option-ipv6-join-group = 在一个接口上加入 IPv6 多播组，从而接收发给它的数据报。它对接收方有意义；接口用索引指明。
net-option-ipv6-leave-group = 在一个接口上离开 IPv6 多播组。当程序不再需要该组而继续运行时，它才有意义；close 会离开所有的组。
net-option-ipv6-multicast-hops = 限制发往 IPv6 组的数据报可以经过多少个路由器；1 表示留在本地网络。当成员在更远的地方时，它才有意义。
net-option-ipv6-multicast-if = 按索引选择 IPv6 多播数据报从哪个接口发出；0 表示由路由决定。当有多个接口时，它才有意义。
net-option-ipv6-multicast-loop = 决定本机的成员是否收到这个套接字发往 IPv6 组的数据报。它在发送方设置（在 Windows 上是接收方）。
net-option-ipv6-unicast-hops = 限制这个套接字的 IPv6 数据包被丢弃之前可以经过多少个路由器。当想知道对端有多远时，它才有意义。
net-option-ipv6-v6only = 让 IPv6 套接字不再同时服务 IPv4 对端（它们会显示为 ::ffff:127.0.0.1）。它对 bind 到 :: 的服务器有意义，且必须在 bind 之前设置；Linux 和 macOS 默认关闭，Windows 默认开启。
net-option-tcp-keepcnt = 设置放弃连接之前允许多少个 keepalive 探测没有回应。它与 SO_KEEPALIVE 一起才有意义，但不会自动开启它。
net-option-tcp-keepidle = 设置空闲多少秒之后发送第一个 keepalive 探测。它与 SO_KEEPALIVE 一起才有意义，但不会自动开启它；macOS 称之为 TCP_KEEPALIVE。
net-option-tcp-keepintvl = 设置两个 keepalive 探测之间间隔多少秒。它与 SO_KEEPALIVE 一起才有意义，但不会自动开启它。
net-option-tcp-nodelay = 立即发送每个小块，而不等待前一块得到确认（Nagle 算法，RFC 896）。当一次回答之前有多次小的 send 时，它才有意义；它并不能保持消息边界。

## When an option matters, and what the kernel does to its value

net-when-before-bind = 在 bind 之前
net-when-before-connect = 在 connect 或 listen 之前
net-when-before-close = 在 close 之前
net-when-any-time = 任何时候
net-effect-kept = 读回的值与设置的相同
net-effect-receive-buffer = Linux 先将其限制在 net.core.rmem_max 以内，再加倍以容纳内核自己的记录
net-effect-send-buffer = Linux 先将其限制在 net.core.wmem_max 以内，再加倍以容纳内核自己的记录
net-effect-tick = Linux 将其向上取整到下一个时钟节拍
net-effect-ecn = Linux 保留 TCP 套接字的最低两位（ECN）自用
net-effect-action = 执行加入或离开，没有可读回的值

## Values that an option does not take

net-value-flag = { $option } 的值是 true 或 false，不是 { $given }
net-value-int = { $option } 的值是 { $min } 到 { $max } 之间的整数，不是 { $given }
net-value-time = { $option } 的值是带单位的时间长度（如 5s 或 500ms）或 none，不是 { $given }
net-value-time-zero = { $option } = { $given } 会永远等待，因为内核把不足一微秒的时间当作没有限制。如果确实要这样，请写 none。
net-value-linger = { $option } 的值是 off，或者 0 到 { $max } 之间的整秒数（如 5s），不是 { $given }
net-value-linger-part = { $option } 只计整秒。内核会截去 { $given } 的小数部分，而截成 0 时 close 会重置连接。
net-value-address = { $option } 的值是接口的 IPv4 地址（如 127.0.0.1），不是 { $given }
net-value-group4 = { $option } 的值是 IPv4 组，需要指定接口时再加上其地址（如 239.1.2.3 127.0.0.1），不是 { $given }
net-value-group6 = { $option } 的值是 IPv6 组，需要指定接口时再加上其索引（如 ff15::1 1），不是 { $given }
net-value-not-multicast = { $option } 的值是多播组：224.0.0.0 到 239.255.255.255，或以 ff 开头的地址。{ $given } 不是多播组。

## 谁能访问绑定到某地址的套接字
net-reach-computer = 仅本机的程序
net-reach-network = 此网络中的每台计算机
net-reach-all = 本机的全部地址

# Names to addresses
net-resolver-again = 没有名称服务器及时回答。本机联网了吗？hosts 文件中的名称不需要它。
net-resolver-no-name = 没有这个名称，或它没有地址。请检查拼写；不带点的名称只在本网络中查找。
net-resolver-fail = 名称服务器拒绝了这个问题。
net-resolver-service = 没有用于字节流的这个服务名：请直接写端口号。
net-resolver-family = 这个名称没有该地址族的地址。
net-resolver-other = 系统说：{ $said }
net-resolver-unfit = 没有查询：名称应为 1 到 { $most } 个字符，不含空格。

## The sockets of this machine
net-state-unconnected = 未连接
net-state-connected = 已连接
net-state-listening = 监听中
net-state-connecting = 连接中
net-state-disconnecting = 断开中
net-timer-retransmit = { $left } 后重传
net-timer-keepalive = { $left } 后保活探测
net-timer-time-wait = { $left } 后结束
net-timer-probe = { $left } 后窗口探测

## Families of addresses
net-family-inet = IPv4 地址，带端口。
net-family-inet6 = IPv6 地址，带端口；这种套接字也可以为 IPv4 服务。
net-family-unix = 路径，在 Linux 上还可以是名称：用于同一台计算机上的程序之间。
net-family-netlink = 程序与内核之间的消息。使用 NETLINK_SOCK_DIAG 时内核会告知所有套接字：ss 的表格就来自这里。
net-family-tipc = 集群中的服务，按名称访问，不必知道它运行在哪台计算机上。只有 Linux 才有，而且很少有内核内置或加载了它。
net-family-there = 内核给出了一个套接字，随即已关闭：它支持 { $name }。
net-family-not-there = EAFNOSUPPORT：这个内核没有 { $name }。它的模块不存在，或者不允许加载；需要它的程序正是在这个调用中失败。
net-family-of-linux = { $name } 只有 Linux 才有：在 { $system } 上没有询问内核。
