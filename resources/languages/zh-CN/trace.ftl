# Sentences of the floor trace.

trace-panic = 线程崩溃（panic）：{ $what }
trace-program-started = 程序 { $name }（{ $kind }）已启动
trace-program-ended = 程序已结束
trace-thread-started = 线程 { $name } 已启动
trace-thread-ended = 线程已结束
trace-lane-full = 等待了 { $took }，因为记录产生得比写入快
trace-mark = 标记了第 { $row } 行
trace-mark-note = 标记了第 { $row } 行：{ $note }
trace-mark-gone = 取消了第 { $row } 行的标记

trace-filter-key = 过滤条件第 { $place } 个字符：没有名为 { $key } 的键。可用的键有 { $keys }；含冒号的文本请加引号。
trace-filter-name = 过滤条件第 { $place } 个字符：{ $key } 没有 { $value } 这个取值。
trace-filter-nearest = { $what }是否想写 { $nearest }？
trace-filter-value = 过滤条件第 { $place } 个字符：{ $value } 不能作为 { $key } 的值。
trace-filter-hex = 过滤条件第 { $place } 个字符：{ $value } 不是成对的十六进制数字，例如 "00 ff"。
trace-filter-socket = 过滤条件第 { $place } 个字符：{ $value } 不是套接字编号。套接字写作 s1、s2 等。
trace-filter-missing = 过滤条件第 { $place } 个字符：{ $term } 后面缺少内容。
trace-filter-quote = 过滤条件第 { $place } 个字符：引号没有闭合。

trace-recording-system = 对记录文件 { $file } 的 { $call } 失败：{ $errno }。
trace-recording-not-one = { $file } 不是记录文件。
trace-recording-version = { $file } 是版本 { $version } 的记录文件，本程序不认识该版本。请用更新的 Socket Lab 打开。
trace-recording-damaged = 记录文件 { $file } 的文件头已损坏，无法读取任何内容。
trace-recording-already = 当前跟踪正在记录，或已经记录过。要记录到另一个文件，请重新启动实验。
trace-recording-stopped = 对记录文件 { $file } 的 write 失败：{ $errno }。文件中有前 { $rows } 行；程序继续运行，但不再记录。
trace-recording-cut = { $file } 的末尾被截断：最后 { $bytes } 字节中没有完整的行。
trace-recording-unfinished = { $file } 没有正常结束：最后一秒内的行可能缺失。
trace-recording-bytes-damaged = { $file } 已损坏：第 { $from } 到 { $to } 字节中没有可读取的行。
trace-recording-rows-damaged = { $file } 已损坏：第 { $first } 到 { $last } 行无法读取。
trace-recording-rows-unread = 读取 { $file } 的第 { $first } 到 { $last } 行时 read 失败：{ $errno }。
