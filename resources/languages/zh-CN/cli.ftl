# Sentences of the floor cli.

## Help

cli-about = 运行真实的套接字程序，查看它们发出的每一个调用
cli-usage = 用法
cli-options = 选项
cli-arguments = 参数
cli-commands = 命令
cli-file = 在窗口中打开的内容：实验文件、示例的名称，或记录
cli-help = 显示这份帮助
cli-version = 显示版本
cli-lang = 消息的语言：en 或 zh-CN；不写则依环境而定
cli-run-about = 运行一个实验的程序，打印它们发出的每一个调用
cli-run-lab = 实验文件，或示例的名称
cli-run-set = 替换实验文件中的一个值，例如 --set server.bind=127.0.0.1:0
cli-run-for = 在这么多秒之后结束
cli-run-format = 打印调用的格式：text、jsonl 或 csv
cli-run-record = 同时把一切记录到这个文件
cli-run-overwrite = 覆盖该文件中已有的记录
cli-run-sample = 同时按此间隔显示内核对每个套接字所知：状态、排队、往返时间、窗口
cli-run-step = 在每个调用发出之前拦住它：标准输入的一行放行一个，输入结束则全部继续运行
cli-run-allow-command = 这次运行允许服务器执行不确定无害的命令
cli-record-exists = { $file } 中已经有一份记录。请换一个文件名，或加上 --overwrite 覆盖它。
cli-command-unasked = { $program } 会为他人运行：{ $commands }。连上它的人能做你能做的一切。确实需要时请加上 --allow-command。
cli-run-list = 列出示例

cli-run-status =
    所有客户端结束后运行即结束；没有客户端时，到 --for 或按 Ctrl+C 为止。
    tftp-client 下载的内容放到 to 指定的位置；没有 to 时只计数，不保存。
    状态 0：没有失败。1：有程序失败。2：实验文件或参数有误。

## Scripts

cli-script-about = 以 Python 脚本给出一个程序的另一方；不写程序则列出有哪些脚本
cli-script-program = 要取其另一方的程序；不写则为所有程序
cli-script-output = 要写入的文件；要么完整，要么不存在；若是文件夹，则用脚本自己的名称放入其中。不写 PROGRAM 时：放入所有脚本的文件夹
cli-script-overwrite = 覆盖那里已有的文件
cli-script-exists = { $file } 已经存在。请换一个文件名，或加上 --overwrite 覆盖它。
cli-script-no-file = { $file } 不是可以用脚本覆盖的文件。请换一个名称。
cli-script-status =
    服务器的另一方是客户端，客户端的另一方是服务器。脚本中的地址就是实验中写的地址；它的第一个参数是另外的端口或路径。
    状态 0：没有失败。1：有文件无法写入。2：实验文件或参数有误，或没有脚本。

## Export

cli-export-about = 转换一份记录
cli-export-recording = 由 run --record 或窗口生成的记录
cli-export-file = 要写入的文件；要么完整，要么不存在；- 表示标准输出
cli-export-to = 格式：csv 或 jsonl
cli-export-program-help = 只要这个程序的行
cli-export-same = { $file } 就是记录文件本身。请换一个名称。
cli-export-program = 记录中没有名为 { $name } 的程序
cli-export-status =
    状态 0：所有行都已转换。1：有行丢失，或文件无法写入。2：参数有误。

## Arguments

cli-hint = 参见 socket-lab --help
cli-value-wrong = { $argument } 不能是“{ $value }”
cli-expected-seconds = 大于 0 的秒数，不超过 { $most }
cli-argument-unknown = 此处没有参数 { $argument }
cli-argument-unknown-nearest = 此处没有参数 { $argument }；是否想写 { $nearest }？
cli-argument-missing = 必须给出 { $argument }
cli-value-missing = { $argument } 需要一个值
cli-argument-twice = { $argument } 写了两次，或与它不能同时使用的参数一起出现
cli-argument-utf8 = 有一个参数不是 UTF-8
cli-argument-other = { $detail }

## Running

cli-lab-empty = { $file }：实验中没有程序
cli-signals = 按 Ctrl+C 将立即结束运行，不关闭已打开的内容：{ $detail }
cli-not-started = 无法启动实验：{ $detail }
cli-step = 已拦住：{ $program } { $call }
cli-step-how = 每个调用在发出之前都会被拦住。按 Enter 放行被拦最久的一个；输入结束则全部继续运行。
cli-failed = { $program } 失败：{ $what }
cli-failed-cause = { $program } 失败：{ $what }原因：{ $cause }
cli-load = { $program } → { $server }：{ $messages } 条消息，{ $rate }/s；p50 { $half }，p90 { $most }，p99 { $nearly }，最长 { $longest }；{ $connections } 个连接（同时 { $once } 个），服务器 { $threads } 个线程、{ $processes } 个进程，{ $failed } 次调用失败
cli-panicked = { $program } 发生 panic；它的最后一行说明了原因
cli-recorder-failed = 本程序的记录线程出错，之后的调用缺失：{ $said }
cli-lingering = { $program } 仍处于无法唤醒的调用中：{ $threads }
cli-output-failed = 无法打印跟踪：{ $errno }。{ $meaning }
cli-still-printing = 程序已结束，最后的行仍在打印；按 Ctrl+C 可立即结束。
cli-rows-lost = 有 { $count } 行在打印之前已离开内存
