# Sentences of the floor trace.

trace-panic = 线程崩溃（panic）：{ $what }
trace-program-started = 程序 { $name }（{ $kind }）已启动
trace-program-ended = 程序已结束
trace-thread-started = 线程 { $name } 已启动
trace-thread-ended = 线程已结束
trace-lane-full = 等待了 { $took }，因为记录产生得比写入快
trace-framed = 区分消息的方式：{ $framing }
trace-mark = 标记了第 { $row } 行
trace-mark-note = 标记了第 { $row } 行：{ $note }
trace-mark-gone = 取消了第 { $row } 行的标记
trace-fault-dropped-sent = 有意丢弃：要发往 { $peer } 的 { $bytes } B。内核从未见到它们
trace-fault-dropped-received = 有意丢弃：来自 { $peer } 的 { $bytes } B。程序不会得知
trace-fault-duplicated-sent = 有意重复：发往 { $peer } 的 { $bytes } B 发送两次
trace-fault-duplicated-received = 有意重复：程序两次得到来自 { $peer } 的 { $bytes } B
trace-fault-delayed-sent = 有意延迟：发往 { $peer } 的 { $bytes } B，延迟 { $by }
trace-fault-delayed-received = 有意延迟：来自 { $peer } 的 { $bytes } B，延迟 { $by }
trace-fault-reordered = 有意乱序：发往 { $peer } 的 { $bytes } B 等到下一个发出后才走
trace-fault-overflowed = 丢失：发往 { $peer } 的 { $bytes } B 遇到队列已满
trace-fault-limited = 限速：发往 { $peer } 的 { $bytes } B，最后一个字节在 { $by } 后发出
trace-fault-sliced = 有意切开：{ $bytes } B 单独发往 { $peer }，还有 { $rest } B 在等
trace-fault-glued = 有意粘合：{ $count } 次接收的 { $bytes } B 一起发往 { $peer }
trace-fault-stalls = 有意停滞：发往 { $peer } 的 { $bytes } B 被扣住
trace-fault-stalled = 有意停滞：发往 { $peer } 的 { $bytes } B 被扣住了 { $by }
trace-fault-reset = 有意重置：已有 { $after } B 发往 { $peer }，两端都会收到 RST

trace-filter-key = 过滤条件第 { $place } 个字符：没有名为 { $key } 的键。可用的键有 { $keys }；含冒号的文本请加引号。
trace-filter-name = 过滤条件第 { $place } 个字符：{ $key } 没有 { $value } 这个取值。
trace-filter-nearest = { $what }是否想写 { $nearest }？
trace-filter-value = 过滤条件第 { $place } 个字符：{ $value } 不能作为 { $key } 的值。
trace-filter-hex = 过滤条件第 { $place } 个字符：{ $value } 不是成对的十六进制数字，例如 "00 ff"。
trace-filter-socket = 过滤条件第 { $place } 个字符：{ $value } 不是套接字编号。套接字写作 s1、s2 等。
trace-filter-missing = 过滤条件第 { $place } 个字符：{ $term } 后面缺少内容。
trace-filter-quote = 过滤条件第 { $place } 个字符：引号没有闭合。

trace-recording-system = 对记录文件 { $file } 的 { $call } 失败：{ $errno }。{ $meaning }
trace-recording-not-one = { $file } 不是记录文件。
trace-recording-version = { $file } 是版本 { $version } 的记录文件，本程序不认识该版本。请用更新的 Socket Lab 打开。
trace-recording-damaged = 记录文件 { $file } 的文件头已损坏，无法读取任何内容。
trace-recording-occupied = { $file } 不是记录文件，不会被记录覆盖。请换一个名称，或先删除该文件。
trace-recording-already = 当前跟踪正在记录，或已经记录过。要记录到另一个文件，请重新启动实验。
trace-recording-stopped = 对记录文件 { $file } 的 write 失败：{ $errno }。文件中有前 { $rows } 行；程序继续运行，但不再记录。
trace-recording-cut = { $file } 的末尾被截断：最后 { $bytes } 字节中没有完整的行。
trace-recording-unfinished = { $file } 没有正常结束：最后一秒内的行可能缺失。
trace-recording-bytes-damaged = { $file } 已损坏：第 { $from } 到 { $to } 字节中没有可读取的行。
trace-recording-rows-damaged = { $file } 已损坏：第 { $first } 到 { $last } 行无法读取。
trace-recording-rows-unread = 读取 { $file } 的第 { $first } 到 { $last } 行时 read 失败：{ $errno }。

# What an errno means where a file was to be opened, read or written
trace-file-missing = 文件不存在，或它所在的文件夹不存在。
trace-file-no-folder = 路径中有一部分是文件，不是文件夹。
trace-file-folder = 这是一个文件夹。请给出文件名。
trace-file-access = 当前用户没有读写它的权限。请换一个位置，或修改文件及其文件夹的权限。
trace-file-read-only = 它所在的文件系统只读。请换一个位置。
trace-file-full = 磁盘已满。请腾出空间，或换一个位置。
trace-file-large = 这里的文件不能有这么长。请换一个位置。
trace-file-many = 打开的文件和套接字太多（ulimit -n）。请关闭一些，或提高上限。
trace-file-name = 名称太长。
trace-file-damaged = 磁盘或与它的连接出了故障。请换一个位置。
trace-file-other = 请换一个文件或文件夹。
