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
program-told-no-thread = 系统没有为 { $socket } 提供线程：{ $error }。连接已关闭。
program-told-gone = { $socket } 已经关闭。
program-told-no-socket = 没有打开的套接字：{ $option } 没有设置到任何套接字上。
program-told-nobody = 没有可以发送的对象。
program-told-no-connection = { $socket } 没有可以结束的连接。
program-panic-silent = 没有说明的 panic

# Why a program fails or refuses
program-no-target = 客户端不知道要连接谁。请填写一个地址，或本实验中某个服务器的名字。
program-refused-sending = 另一个列表正在发送。请等它结束，或先停止它。
program-refused-full = 程序正阻塞在之前的命令上。请等待、断开对端或停止程序。
program-refused-ended = 程序没有在运行。
program-refused-no-thread = 系统无法再提供线程。请先结束一些程序。
