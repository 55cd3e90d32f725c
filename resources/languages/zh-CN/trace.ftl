# Sentences of the floor trace.

trace-panic = 线程崩溃（panic）：{ $what }
trace-program-started = 程序 { $name }（{ $kind }）已启动
trace-program-ended = 程序已结束
trace-thread-started = 线程 { $name } 已启动
trace-thread-ended = 线程已结束
trace-lane-full = 等待了 { $took }，因为记录产生得比写入快

trace-filter-key = 过滤条件第 { $place } 个字符：没有名为 { $key } 的键。可用的键有 { $keys }；含冒号的文本请加引号。
trace-filter-name = 过滤条件第 { $place } 个字符：{ $key } 没有 { $value } 这个取值。
trace-filter-nearest = { $what }是否想写 { $nearest }？
trace-filter-value = 过滤条件第 { $place } 个字符：{ $value } 不能作为 { $key } 的值。
trace-filter-hex = 过滤条件第 { $place } 个字符：{ $value } 不是成对的十六进制数字，例如 "00 ff"。
trace-filter-socket = 过滤条件第 { $place } 个字符：{ $value } 不是套接字编号。套接字写作 s1、s2 等。
trace-filter-missing = 过滤条件第 { $place } 个字符：{ $term } 后面缺少内容。
trace-filter-quote = 过滤条件第 { $place } 个字符：引号没有闭合。
