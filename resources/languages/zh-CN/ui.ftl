# Sentences of the floor ui.

## The log
ui-log = 日志
ui-log-rows = 日志的各行
ui-log-number = #
ui-log-time = 时间 s
ui-log-program = 程序
ui-log-call = 调用
ui-log-result = 结果
ui-log-took = 耗时
ui-log-now = 现在
ui-log-blocked = 阻塞
ui-log-from = 来自
ui-log-end-of-stream = 流已结束
ui-log-gone = 第 { $row } 行已不在内存中
ui-log-reading = 正在读取第 { $row } 行
ui-log-damaged = 第 { $row } 行无法读取：记录文件在此处已损坏
ui-log-scroll = 日志的滚动条
ui-log-program-started = 程序启动
ui-log-program-ended = 程序结束
ui-log-thread-started = 线程启动
ui-log-thread-ended = 线程结束
ui-log-lane-full = 等待
ui-log-lane-full-why = 调用来得太快，记录跟不上
ui-log-told = 说明
ui-log-panic = panic
ui-log-mark = 标记
ui-log-fault = 故障

## 日志：表头、查找、标记、行
ui-log-head = 日志的列与时间
ui-log-head-tip = 选择显示哪些列，以及时间的写法
ui-log-since = 距上一行
ui-log-clock = 时刻
ui-log-thread = 线程
ui-log-number-name = 行号
ui-log-menu-time = 时间
ui-log-time-run = 从本次运行开始计
ui-log-time-previous = 从上一行开始计
ui-log-time-day = 一天中的时刻
ui-log-time-unknown = 不知道这些行是何时写下的
ui-log-menu-columns = 列
ui-log-menu-widths = 恢复列宽
ui-log-edge = { $column } 列的宽度
ui-log-edge-tip = 拖动或按方向键改变列宽；双击恢复合适的宽度
ui-log-asked = 要求 { $value }
ui-log-hidden = 隐藏了较早的 { $count } 行
ui-log-paused = { $count ->
    [0] 已暂停；之后没有新行
   *[other] 已暂停；之后来了 { $count } 行
}
ui-log-go-on = 继续
ui-command-find = 查找
ui-command-find-tip = 在显示的行中查找文本或字节
ui-command-go-to-row = 转到行...
ui-command-go-to-row-tip = 按行号转到某一行
ui-command-find-next = 下一处
ui-command-find-next-tip = 转到下一个符合的行
ui-command-find-previous = 上一处
ui-command-find-previous-tip = 转到上一个符合的行
ui-command-pause = 暂停日志
ui-command-pause-tip = 让日志停住不动；新行照常记录
ui-command-hide-before = 隐藏之前的行
ui-command-hide-before-tip = 隐藏所选行之前的行；没有选中时隐藏全部。任何一行都不会丢失
ui-command-show-earlier = 显示较早的行
ui-command-show-earlier-tip = 显示被隐藏的行
ui-command-mark = 标记
ui-command-mark-tip = 给所选的行加标记和备注，或取消标记
ui-find = 在日志中查找
ui-find-tip = Enter 转到下一处，Shift+Enter 转到上一处，Escape 关闭
ui-find-text = 文本
ui-find-text-tip = 在字节、调用、结果和备注中查找，不分大小写
ui-find-hex = 十六进制
ui-find-hex-tip = 查找用成对的十六进制数字写出的字节
ui-find-hex-error = 不是成对的十六进制数字，例如 00 ff
ui-find-row = 行号
ui-find-row-tip = 转到这个行号；该行未显示时转到其后一行
ui-find-row-error = 不是行号
ui-find-close = 关闭查找
ui-find-none = 没有找到
ui-find-looking = 尚未找到 …
ui-find-so-far = 目前 { $count } 处 …
ui-find-at = 第 { $at } 处，共 { $count } 处
ui-find-first-again = 第 { $at } 处，共 { $count } 处；已回到第一处
ui-find-last-again = 第 { $at } 处，共 { $count } 处；已回到最后一处
ui-find-count = { $count } 处
ui-find-spoken = 符合查找
ui-note-recorder = 已不再记录调用：本程序的记录线程出错（{ $said }）。请保存实验室后重新打开。
ui-mark-note = 第 { $row } 行的备注
ui-mark-note-tip = 按 Enter 保存备注；备注写入跟踪，也会保存在记录文件中
ui-mark-keep = 保存备注
ui-mark-remove = 取消标记
ui-mark-close = 不改备注
ui-mark-none = 请先选择要标记的行。
ui-mark-recorded = 记录文件只供查看，不能写入标记。实验运行时所做的标记会保存在它的记录文件中。
ui-mark-spoken = 已标记
ui-mark-spoken-note = 已标记：{ $note }
ui-row-filter = 只看 { $term }
ui-row-copy = { $rows ->
    [1] 复制为 { $form }
   *[other] 把 { $rows } 行复制为 { $form }
}
ui-row-mark = 标记并写备注...
ui-row-details = 在详情中显示
ui-row-none = 请先选择要复制的行。
ui-row-no-bytes = 所选的行都没有字节。
ui-row-copied = 已复制 { $rows } 行
ui-row-copied-cut = 已复制前 { $rows } 行；剪贴板放不下更多。要得到全部，请导出记录文件。
ui-copy-json = JSON 行
ui-filter-saved = 已保存的筛选条件
ui-filter-saved-heading = 已保存的筛选条件
ui-filter-saved-none = 还没有
ui-filter-forget = 删除 { $name }
ui-filter-rename = 重命名 { $name }
ui-filter-rename-keep = 使用新名称
ui-filter-name = 给这个筛选条件起名
ui-filter-name-first = 请先写筛选条件
ui-filter-keep = 保存
ui-filter-offer = 建议 { $text }

## What an errno means, in two or three words
ui-errno-eacces = 没有权限
ui-errno-eaddrinuse = 地址已被占用
ui-errno-eaddrnotavail = 本机没有这个地址
ui-errno-eafnosupport = 地址族不对
ui-errno-eagain = 现在无事可做，或已超时
ui-errno-ebadf = 描述符已关闭
ui-errno-econnaborted = 连接已被放弃
ui-errno-econnrefused = 那里无人监听
ui-errno-econnreset = 对端重置了连接
ui-errno-edestaddrreq = 没有目的地址
ui-errno-ehostunreach = 主机不可达
ui-errno-einprogress = 正在连接
ui-errno-eintr = 被信号打断
ui-errno-einval = 参数不合适
ui-errno-eisconn = 已经连接
ui-errno-emfile = 打开的描述符太多
ui-errno-emsgsize = 数据报太长
ui-errno-enetunreach = 网络不可达
ui-errno-enobufs = 没有缓冲空间
ui-errno-enomem = 没有内存
ui-errno-enoprotoopt = 这里没有该选项
ui-errno-enotconn = 尚未连接
ui-errno-eopnotsupp = 该套接字做不到
ui-errno-eperm = 不允许
ui-errno-epipe = 流早已结束
ui-errno-etimedout = 没有及时应答

## The details of a row
ui-details-row = 第 { $row } 行
ui-details-close = 关闭详情
ui-details-next = 下一行
ui-details-previous = 上一行
ui-details-failed = { $call } 失败：{ $meaning }。
ui-details-failed-unknown = { $call } 失败。
ui-details-sent = 发出 { $bytes } B
ui-details-received = 收到 { $bytes } B
ui-details-program = 程序
ui-details-thread = 线程
ui-details-socket = 套接字
ui-details-accepted = { $socket }，由 { $by } 接受
ui-details-local = 本端
ui-details-peer = 对端
ui-details-result = 结果
ui-details-from = 发送方
ui-details-flags = 标志
ui-details-began = 开始
ui-details-took = 耗时
ui-details-origin = 发起者
ui-details-origin-person = 你
ui-details-origin-lab = 实验台，为了停止或查看程序
ui-details-told = 内容
ui-details-call = 调用
ui-details-failure = 失败
ui-details-pin = 固定显示这一行
ui-details-unpin = 重新跟随所选的行
ui-details-waited = 等待
ui-details-until = { $time }，直到第 { $row } 行
ui-details-came-from = 来自
ui-details-went-to = 去往
ui-details-other-side = 对端
ui-details-partner = 第 { $row } 行，{ $program } 的 { $call }
ui-details-partner-part = 第 { $row } 行，{ $program } 的 { $call } 中的 { $bytes } B

## 发生了什么：所选调用与对端
ui-happened = 发生了什么
ui-happened-short = 推断
ui-happened-waits = 等待
ui-happened-mark = 第 { $row } 行，{ $call }
ui-happened-more = 还有 { $count } 个相关的调用
ui-happened-inferred = 只表示先后，不按比例。哪些调用彼此对应，是由地址和字节次序推断的。

## 失败卡片
ui-card-dismiss = 收起这张卡片
ui-card-row = 第 { $row } 行
ui-card-who = 是谁
ui-card-try = 试试
ui-card-try-listening = 换一个端口，或先停止 { $program }。只要 { $socket } 还在监听，SO_REUSEADDR 就不起作用。
ui-card-listening = { $program } 的套接字 { $socket } 占用该地址，从第 { $row } 行起监听。
ui-card-bound = { $program } 的套接字 { $socket } 占用该地址，在第 { $row } 行绑定。
ui-card-outside = 本实验中没有打开的套接字占用该地址：占用者是实验之外的程序，或是先前已关闭的连接。
ui-card-nobody = 本实验中从未有程序监听过该地址。
ui-card-closed = { $program } 的套接字 { $socket } 曾在那里监听，到第 { $row } 行关闭为止。
ui-card-later = { $program } 的套接字 { $socket } 从第 { $row } 行起在那里监听，晚于这次调用。
ui-card-not-listening = { $program } 的套接字 { $socket } 占用该地址，但没有监听。
ui-card-use-port = 改用端口 { $port }
ui-card-use-port-tip = 把 { $program } 的端口改为本实验中无人使用的这一个，然后启动它
ui-card-stop = 停止 { $program }
ui-card-stop-tip = 停止占用该地址的程序，关闭它的套接字
ui-card-start = 启动 { $program }
ui-card-start-tip = 启动应当在那里监听的服务器
ui-card-again = 再次启动 { $program }
ui-card-again-tip = 本实验中已没有程序碍事

## Bytes
ui-bytes = 字节
ui-bytes-characters = 字符
ui-bytes-hex = 十六进制
ui-bytes-text = 文本
ui-bytes-none = 没有。对端不再发送。
ui-bytes-not-kept = 字节没有保留，只保留了长度。
ui-bytes-first = { $all } B 中的前 { $shown } B
ui-bytes-cut = { $all } B 中保留了 { $kept } B
ui-bytes-whole = { $bytes } 个字节组成 { $characters } 个字符，没有字符被切断。
ui-bytes-broken = { $bytes } B 中有 { $broken } 处不是 { $charset }。
ui-bytes-charset = 字符集 { $charset }
ui-bytes-charset-tip = 用另一种字符集解读这些字节，字节本身不变
ui-bytes-select = 字节；拖动，或按住 Shift 用方向键选择
ui-bytes-selected = 已选 { $bytes } B，从 { $first } 起
ui-bytes-page-next = 下一页字节
ui-bytes-page-previous = 上一页字节
ui-bytes-split-before = 第一个字符始于前一行。
ui-bytes-split-after = 最后一个字符终于后一行。
ui-bytes-split-both = 第一个字符始于前一行，最后一个字符终于后一行。
ui-bytes-split-alone = 有一个字符被截断，其余部分不在记录中。
ui-bytes-join = 与另一行拼合
ui-bytes-part = 只显示这一行
ui-bytes-join-tip = 字节流不认识字符：一次调用可能止于字符之中。拼合后，它的字节放在同一个粗框里。
ui-copy-tip = 复制 { $bytes } 个字节：有选择时为所选，否则为全部
ui-copy-as = 复制为
ui-copy-text = 文本
ui-copy-hex = 十六进制
ui-copy-python = Python 字节串
ui-copy-c = C 数组

## 两端的对话
ui-command-converse = 跟踪这段对话
ui-command-converse-tip = 按先后显示这个套接字与另一端收发的内容（Ctrl+Enter；Escape 返回）
ui-talk-follow = 跟踪
ui-not-now-no-socket = 请先选择一行带套接字的记录
ui-talk-back = 返回日志
ui-talk-both = 两端
ui-talk-side-tip = 显示这一端的发送与接收
ui-talk-save = 对话另存为...
ui-talk-copy = 复制整段对话
ui-talk-copied = 已复制对话的 { $lines } 行
ui-talk-copied-cut = 只复制了对话的前 { $lines } 行；后面的 { $left } 行超出了剪贴板的承受范围。要得到全部内容，请另存为文件。
ui-talk-with = 对端 { $peer }
ui-talk-with-tip = 这个套接字没有连接，与多个对端收发数据报；选择其中一个
ui-talk-all-peers = 全部对端
ui-talk-first-peers = 只列出前 { $count } 个
ui-talk-forgotten = 更早的 { $lines } 行不保留在这里，保存时会一并写出
ui-talk-empty = 还没有收发任何内容
ui-talk-not-written = 无法写入 { $file }：{ $said }
ui-dialog-talk = 保存对话

## The window
ui-name = Socket Lab
ui-programs = 程序
ui-programs-add = 添加程序
ui-kind-tcp-server = TCP 服务器
ui-kind-tcp-client = TCP 客户端
ui-kind-udp-server = UDP 服务器
ui-kind-udp-client = UDP 客户端
ui-kind-tftp-server = TFTP 服务器
ui-kind-tftp-client = TFTP 客户端
ui-phase-stopped = 已停止
ui-phase-starting = 正在启动
ui-phase-listening = 监听中
ui-phase-bound = 已绑定
ui-phase-connected = 已连接
ui-phase-running = 运行中
ui-phase-stopping = 正在停止
ui-phase-lingering = 等待 { $threads } 结束
ui-phase-ended = 已结束
ui-phase-failed = 失败

## Commands: what they are called, and what they do
ui-command-start-all = 全部启动
ui-command-start-all-tip = 按顺序启动所有程序，前一个就绪后再启动下一个
ui-command-stop-all = 全部停止
ui-command-stop-all-tip = 停止所有程序并关闭它们的套接字
ui-command-start-or-stop = 启动或停止选中的程序
ui-command-start-or-stop-tip = 启动左侧选中的程序；如果它在运行，就停止它
ui-command-restart = 重新启动
ui-command-restart-tip = 停止选中的程序，再启动它
ui-command-new = 新建实验
ui-command-new-tip = 用一个没有程序的实验替换当前实验；正在运行的程序会被停止
ui-command-open = 打开...
ui-command-open-tip = 打开实验文件（TOML）或记录文件；正在运行的程序会被停止
ui-command-save = 保存实验
ui-command-save-tip = 保存到实验自己的文件；还没有文件时会询问
ui-command-save-as = 实验另存为...
ui-command-save-as-tip = 把这些程序存为实验文件，供本窗口和 socket-lab run 使用
ui-command-record = 记录到文件...
ui-command-record-tip = 从第一次调用起（包括已经发生的）全部记录到文件，以后可以打开和导出
ui-command-stop-recording = 停止记录
ui-command-stop-recording-tip = 把剩余内容写入记录文件并关闭；程序继续运行
ui-command-open-recorded = 打开这个记录的实验
ui-command-open-recorded-tip = 打开被记录的实验，可以再次运行
ui-command-quit = 退出
ui-command-quit-tip = 停止所有程序并关闭窗口
ui-command-follow = 跟随
ui-command-follow-tip = 停留在最新一行
ui-command-show-lab = 显示实验台自己的调用
ui-command-show-lab-tip = 同时显示实验台为了停止或查看程序而发起的调用
ui-command-filter = 筛选
ui-command-filter-tip = 把光标放到筛选框
ui-command-language = 语言
ui-command-language-tip = 在英文和中文之间切换
ui-command-theme = 浅色或深色
ui-command-theme-tip = 在浅色和深色之间切换
ui-command-zoom-in = 放大
ui-command-zoom-in-tip = 全部放大
ui-command-zoom-out = 缩小
ui-command-zoom-out-tip = 全部缩小
ui-command-zoom-reset = 实际大小
ui-command-zoom-reset-tip = 恢复原来的大小

## Commands of the window: panels, palette, keys, notices, about
ui-command-fold-programs = 折叠程序列表
ui-command-fold-programs-tip = 把左侧的程序显示为窄条，或恢复为列表
ui-command-fold-form = 折叠表单
ui-command-fold-form-tip = 把选中程序的表单显示为一行，或恢复完整
ui-command-palette = 搜索或执行命令
ui-command-palette-tip = 输入名称中的几个字，查找命令、程序或示例实验
ui-command-keys = 全部按键
ui-command-keys-tip = 按主题显示所有按键
ui-command-notices = 通知
ui-command-notices-tip = 重新阅读完成和失败的消息
ui-command-about = 关于 Socket Lab
ui-command-about-tip = 版本、许可证，以及所用的他人作品
ui-menu-help = 帮助
ui-overlay-close = 关闭
ui-palette-short = 搜索或执行
ui-palette-none = 没有名称包含这些字
ui-palette-program = 显示 { $program }
ui-palette-sample = 打开示例：{ $lab }
ui-palette-add = 添加 { $kind }
ui-not-now-no-program = 实验中没有程序
ui-not-now-all-run = 所有程序都在运行
ui-not-now-none-runs = 没有程序在运行
ui-not-now-none-chosen = 没有选中程序
ui-not-now-first = 已经是第一个程序
ui-not-now-last = 已经是最后一个程序
ui-not-now-fewer = 实验中没有这么多程序
ui-not-now-nothing-changed = 没有可以撤销的修改
ui-not-now-nothing-taken-back = 没有撤销过修改
ui-not-now-no-rows = 还没有任何行
ui-not-now-none-hidden = 没有隐藏的行
ui-keys-lists = 列表和输入框
ui-keys-tab = 下一个、上一个控件
ui-keys-press = 按下控件
ui-keys-escape = 关闭打开的内容
ui-keys-rows = 下一行、上一行
ui-keys-pages = 翻一页
ui-keys-ends = 第一行、最后一行
ui-about-version = 版本 { $version }
ui-about-what = 运行真实的服务器和客户端，看到它们的每一次套接字调用。
ui-about-licence = 许可证
ui-about-licence-words = 自由软件：MIT 或 Apache-2.0，任选其一。
ui-about-fonts = 内置字体
ui-about-libraries = 程序库
ui-about-libraries-words = Socket Lab 直接使用的库；它们各自还会用到别的库。

## Menus
ui-menu-lab = 实验
ui-menu-programs = 程序
ui-menu-view = 视图
ui-menu-samples = 示例
ui-menu-path = 实验或记录的路径，按 Enter 打开
ui-menu-path-tip = 用路径指定文件；系统没有文件对话框时也能用
ui-menu-add = 添加程序
ui-menu-theme = 主题
ui-menu-language = 语言
ui-theme-system = 跟随系统
ui-theme-light = 浅色
ui-theme-dark = 深色
ui-dialog-open = 打开实验
ui-dialog-save = 实验另存为

## The head of a program
ui-header-peers = { $count } 个对端
ui-header-more = 更多
ui-header-remove = 移除 { $program }
ui-header-stop = 停止
ui-header-stop-tip = 停止该程序并关闭它的套接字（{ $keys }）
ui-header-restart-tip = 停止该程序，再启动它（{ $keys }）
ui-header-start = 只启动 { $program }
ui-header-start-tip = 单独启动该程序（{ $keys }）

## The log before anything has run
ui-empty-title = 看两个程序对话
ui-empty-first = 启动后，本机会运行一个真正的服务器和一个真正的客户端。
ui-empty-second = 它们的每一次套接字调用都会在这里显示为一行。
ui-empty-start-one = 启动 { $program }
ui-empty-start-two = 启动 { $first } 和 { $second }
ui-empty-start-all = 启动 { $count } 个程序
ui-empty-lab = 这个实验还没有程序
ui-empty-lab-first = 用左上方的“+”添加程序，或从“实验”菜单打开一个示例。
ui-empty-sample = 打开示例“{ $lab }”
ui-empty-sample-tip = 一个服务器和一个客户端，可以直接运行
ui-empty-keys = 或按 { $keys }
ui-empty-drawing = 客户端向服务器发送 hello，服务器把它送回
ui-empty-client = 客户端
ui-empty-server = 服务器
ui-empty-asks = 发问

## 修改实验中的程序
ui-command-undo = 撤销
ui-command-undo-tip = 撤销对实验的上一次修改：添加、移动或移除的程序，或输入的值
ui-command-redo = 重做
ui-command-redo-tip = 重做刚才撤销的修改
ui-command-duplicate = 复制
ui-command-duplicate-tip = 添加所选程序的副本，名称和端口另取
ui-command-rename = 重命名...
ui-command-rename-tip = 给所选程序另起名称；连接到它的程序随之改变
ui-command-move-up = 上移
ui-command-move-up-tip = 让所选程序更早启动：程序按列表顺序启动
ui-command-move-down = 下移
ui-command-move-down-tip = 让所选程序更晚启动：程序按列表顺序启动
ui-command-remove = 移除
ui-command-remove-tip = 把所选程序移出实验；可以用“撤销”找回
ui-command-program = 显示第 { $place } 个程序
ui-command-program-tip = 显示列表中这个位置的程序
ui-command-program-any = 显示第一个至第九个程序
ui-programs-name = { $program } 的名称
ui-programs-keys = 按 { $keys } 显示
ui-programs-running = { $program } 正在运行：请先停止

## 启动程序之前
ui-launch-refused = { $program } 没有启动：{ $why }
ui-launch-title = 要离开本机吗？
ui-launch-why = 这些地址不只属于本机。别的计算机可以访问它们，或者数据会发往那里。
ui-launch-once = 本实验只询问一次。状态栏会一直显示。
ui-launch-start = 仍然启动
ui-launch-start-tip = 启动，允许其他计算机访问
ui-launch-stay = 不启动
ui-launch-stay-tip = 不启动任何程序，可以先修改地址（Esc）

## 客户端自动发送的内容
ui-sending-count = { $count ->
    [0] 无
   *[other] { $count } 条消息
}
ui-sending-edit = 编辑发送内容：{ $messages }
ui-sending-title = 客户端自动发送的内容
ui-sending-how = 连接后立即从第一条发到最后一条。没有时，发送你输入的内容。
ui-sending-add = 添加一条消息
ui-sending-done = 完成
ui-sending-field = 第 { $number } 条消息：{ $what }
ui-sending-way = 书写方式
ui-sending-text = 文本
ui-sending-hex = 十六进制
ui-sending-file = 文件
ui-sending-data = 内容
ui-sending-data-tip = 带转义的文本（\n、\xff），十六进制字节（00 ff），或文件的路径（到时才读取）
ui-sending-repeat = 次数
ui-sending-repeat-tip = 发送的次数，至少一次
ui-sending-every = 间隔
ui-sending-every-tip = 两次之间的停顿，例如 10ms 或 1s
ui-sending-wait = 等待应答
ui-sending-wait-tip = 每次 send 之后先调用一次 recv，再发送别的
ui-sending-remove = 移除
ui-sending-up = 上移
ui-sending-down = 下移
ui-sending-no-file = 哪个文件？写出路径，从实验所在的文件夹算起

## The form
ui-form-socket = 套接字
ui-form-options = 选项
ui-form-behaviour = 行为
ui-form-locked = 停止后可改
ui-form-locked-tip = 程序正以这些值运行。在这里修改的内容在重新启动后生效。
ui-form-after-restart = 重新启动后生效：{ $fields }
ui-form-restart-with = 以这些值重新启动
ui-form-restart-with-tip = 停止 { $program }，再以修改后的值启动
ui-form-discard = 放弃
ui-form-discard-tip = 重新显示程序正在使用的值
ui-form-recorded = 记录时的设置
ui-form-recorded-tip = 这个程序是记录下来的：可以查看，不能修改。
ui-form-addresses = 本机的地址
ui-form-targets = 向谁请求
ui-form-reach = 别人可以访问：{ $reach }
ui-form-fold = 展开或折叠表单
ui-field-name = 名称
ui-field-kind = 类型
ui-field-bind = 绑定到
ui-field-port = { $field }的端口
ui-field-port-tip = 端口，0 到 65535；0 表示由系统选一个空闲端口
ui-field-connect = 连接到
ui-field-connect-timeout = 时限
ui-field-backlog = 等待队列
ui-field-recv-size = 接收缓冲
ui-field-reply = 应答
ui-field-handling = 处理方式
ui-field-stop-word = 结束词
ui-field-expect = 预期错误
ui-field-send = 发送
ui-field-faults = 故障
ui-field-root = 文件夹
ui-field-write = 写入
ui-field-get = 下载
ui-field-to = 保存到
ui-field-put = 上传
ui-field-as = 上传为
ui-field-mode = 模式
ui-field-blksize = 块大小
ui-field-windowsize = 窗口
ui-field-timeout = 重发时间
ui-field-tsize = 询问大小
ui-field-error-style = 错误方式
ui-field-single-port = 单端口
ui-field-max-transfers = 传输数
ui-field-max-size = 最大文件
ui-field-max-files = 文件数
ui-field-default = 默认
ui-option-on = 开
ui-option-off = 关
ui-option-add = 添加...
ui-option-asked = 要求
ui-option-got = 实得
ui-option-asked-tip = 交给 setsockopt 的值。留空则保持系统的默认值。
ui-option-got-tip = getsockopt 最近读回的值：实际生效的值
ui-option-expected = 预期
ui-option-expected-tip = 在本系统上预期由 getsockopt 读回的值，由系统的限制算出
ui-option-expects = { $option }：本系统上预期为 { $value }
ui-option-expects-other = { $option }：要求 { $asked }，本系统上预期为 { $value }
ui-option-live = 立即设置到打开的套接字上：输入的值按 Enter 生效
ui-option-restart = 该选项{ $when }才有意义：重新启动后生效
ui-option-clear = 让 { $option } 保持系统默认
ui-option-read-back = { $option }：内核读回 { $value }
ui-option-read-back-other = { $option }：要求 { $asked }，内核读回 { $value }
ui-field-none = 无
ui-reply-echo = 原样返回
ui-reply-upper = 转为大写
ui-reply-reverse = 反转
ui-reply-fixed = 固定内容
ui-reply-time = 当前时间
ui-reply-manual = 由你输入
ui-reply-none = 不应答
ui-handling-one = 一次一个
ui-handling-threads = 每连接一线程

## Sending by hand
ui-send = 发送
ui-send-from = { $program } 发送给
ui-send-to = 发送给谁
ui-send-all = 全部
ui-send-message = 消息
ui-send-hint = 文本；\n 和 \xff 按 C 和 Rust 的写法解读
ui-send-hint-hex = 十六进制字节，例如 00 ff

## 视图

ui-peers = 对端
ui-command-log = 显示日志
ui-command-log-tip = 每次调用一行
ui-command-peers = 显示对端
ui-command-peers-tip = 所选程序与谁通信：状态、地址、双向的字节数和消息数

## 对端

ui-peers-rows = 程序的对端
ui-peers-state = 状态
ui-peers-address = 地址
ui-peers-socket = 套接字
ui-peers-since = 始于 s
ui-peers-last = 最近 s
ui-peers-received = 收到
ui-peers-sent = 发出
ui-peers-sort = 按{ $column }排序
ui-peers-connected = 已连接
ui-peers-connecting = 正在连接
ui-peers-waiting = 等待 accept
ui-peers-peer-done = 对端已关闭
ui-peers-sending-done = 已停止发送
ui-peers-reset = 被对端重置
ui-peers-broken = 已断开，{ $errno }
ui-peers-closed = 已关闭
ui-peers-datagrams = 数据报
ui-peers-blocked = { $state }，正在读取
ui-peers-spoken = { $address }，{ $socket }，{ $state }，收到 { $received } B，发出 { $sent } B
ui-peers-send = 发送给 { $peer }
ui-peers-disconnect = 断开 { $peer }
ui-peers-all = 发送给全部
ui-peers-all-tip = 写一条发给每个对端的消息：对每个对端调用一次 send
ui-peers-count = { $open } 个打开，{ $waiting } 个等待，{ $closed } 个已关闭
ui-peers-none = { $program } 没有对端
ui-peers-none-start = 启动 { $program }，与它通信的对端就会出现在这里。
ui-peers-none-connect = 启动一个客户端，或者让任何程序连接 { $address }。
ui-peers-none-datagram = 还没有人向 { $address } 发送数据报。
ui-peers-none-client = 它还没有连接，或者还没有发送数据报。

## 手动发送

ui-send-tip = 现在发送这些字节（Enter）。Shift+Enter 换行；上、下方向键调出发送过的内容。
ui-send-file = 文件
ui-send-hint-file = 文件的路径
ui-send-choose = 选择文件...
ui-send-text-tip = 按下方字符集编码的文本，可用转义序列
ui-send-hex-tip = 十六进制数字，每个字节两位
ui-send-file-tip = 把文件内容作为一条消息发送，最多 { $most } MB
ui-send-gone = { $peer }，已离开
ui-send-more = 另有 { $count } 个在“对端”视图中
ui-send-ending = 行结束符，加在每一行之后
ui-send-ending-none = 无结束符
ui-send-charset = 字符集
ui-send-preview-tip = 将要发送的字节
ui-dialog-send = 发送文件

## 发送列表

ui-list = 发送列表
ui-list-toggle = 发送列表：依次发送的多条消息
ui-list-add = 把这条消息加入发送列表
ui-list-empty = 写好一条消息，再用下方的加号加入。
ui-list-full = 列表已有 { $most } 条消息，不能再加。
ui-list-remove = 从列表中移除第 { $number } 条消息
ui-list-repeat = 重复
ui-list-repeat-tip = 整个列表发送的次数
ui-list-pause = 间隔
ui-list-pause-tip = 每条消息之后等待的时间
ui-list-start = 开始发送列表
ui-list-start-tip = { $program } 在已打开的连接中发送列表，同时继续它自己的工作
ui-list-stop = 停止发送列表
ui-list-stop-tip = 在正在发送的消息之后结束
ui-list-progress = 已发送 { $done } / { $all } …
ui-list-done = 已发送 { $done } / { $all }

## The filter
ui-filter-clear = 清除筛选
ui-filter-tip = 输入文字，或 program:server call:recv dir:sent socket:s1 failed errno:EADDRINUSE hex:"00 ff"；词前加 - 表示排除

## The status bar
ui-status-nothing = 没有程序在运行
ui-status-running = { $count } 个程序在运行
ui-status-failed = { $count } 个失败
ui-status-broken = 已不再记录调用
ui-status-broken-tip = 实验室自身的记录线程出错。程序继续运行，但看不到它们的调用；请保存实验室后重新打开。
ui-status-calls = { $count } 次调用
ui-status-lost = 丢失 { $count } 行
ui-status-lost-tip = 因为太多而离开内存、别处也没有保存的行
ui-status-waits = { $program } { $socket } 在 { $call } 中等待
ui-status-notices = { $count } 条通知
ui-status-loopback = 仅 127.0.0.1
ui-status-loopback-tip = 本实验的地址都属于本机：没有数据离开本机，别的计算机也无法访问
ui-status-outside = { $address } 在本机之外
ui-status-outside-tip = 这不是回环地址：别的计算机可以访问它，或者数据会发往那里

## Lab files
ui-menu-title = 实验标题
ui-menu-title-tip = 实验的名称，随实验一起保存
ui-menu-recent = 最近打开
ui-menu-path-open = 打开
ui-menu-path-open-tip = 打开这个路径的实验或记录
ui-menu-path-save = 保存
ui-menu-path-save-tip = 把实验保存到这个路径的新文件
ui-menu-path-record = 记录
ui-menu-path-record-tip = 把发生的调用记录到这个路径的新文件
ui-title-changed = { $title } · 已修改
ui-window-recording = 记录 { $file }
ui-window-untitled = 未命名的实验
ui-edge = { $side ->
    [programs] 程序列表的边缘，拖动可调整宽度
   *[details] 详情的边缘，拖动可调整宽度
}
ui-drop = 松开即可打开实验或记录
ui-dialog-record = 记录到文件
ui-file-exists = { $file } 已经存在。请换一个名称。
ui-unsaved-title = 保存对 { $title } 的修改吗？
ui-unsaved-file = 否则修改会丢失：{ $file } 中没有这些修改。
ui-unsaved-no-file = 否则修改会丢失：这个实验还没有文件。
ui-unsaved-path = 新文件的路径，留空则询问
ui-unsaved-path-tip = 实验保存的位置；系统没有文件对话框时也能用
ui-unsaved-save = 保存
ui-unsaved-save-tip = 保存实验，然后继续
ui-unsaved-drop = 不保存
ui-unsaved-drop-tip = 放弃修改，继续
ui-unsaved-stay = 取消
ui-unsaved-stay-tip = 留在这个实验（Esc）
ui-note-saved = 已保存到 { $file }
ui-note-busy = 另一个文件命令尚未结束：请先完成它的对话框，或等它结束，然后再试。
ui-note-missing = { $file } 已不存在，已从最近打开的列表中移除。
ui-note-recording = 正在记录到 { $file }
ui-note-recorded = 已记录 { $count } 行到 { $file }
ui-status-recording = 正在记录 { $file }，{ $rows } 行
ui-status-recorded = 已记录 { $file }，{ $rows } 行
ui-status-recording-failed = 记录 { $file } 已中断
ui-not-now-no-recording = 这不是记录
ui-not-now-recording = 正在记录
ui-not-now-recorded = 这次运行已经记录过；要记录到另一个文件，请重新打开实验
ui-not-now-not-recording = 没有在记录

## A recording in the window
ui-recording-of = 记录 { $file }
ui-recording-tip = { $file }，由 Socket Lab { $version } 生成。记录只供查看：其中没有程序在运行，也不能修改。
ui-recording-made = { $time } 记录于 { $system }
ui-recording-rows = { $count } 行
ui-recording-whole = 没有丢失
ui-recording-losses = { $count } 处丢失
ui-recording-no-rows = 这个记录中没有行
ui-recording-only-looked-at = 这是一个记录：只供查看，其中的程序不能启动或修改。

## Notes
ui-note-away = 收起这条提示
ui-note-none = 还没有通知
ui-note-copy = 复制这条通知
ui-note-ended = { $program } 已结束
ui-note-failed = { $program } 失败：{ $failure }
ui-note-no-thread = 系统不再提供线程：{ $said }

## Where no window can be opened
ui-start-no-display = 没有显示器：WAYLAND_DISPLAY 和 DISPLAY 都没有设置。窗口还需要 "{ $packages }" 所安装的库；"socket-lab run" 都不需要。
ui-start-refused = 无法打开显示器（{ $display }）：{ $said }。那里没有应答，或不允许本程序连接（参见 XAUTHORITY 和 xauth）；"socket-lab run" 不需要显示器。
ui-start-no-x11 = 缺少 X11 的库（{ $said }）。"{ $packages }" 会安装窗口所需的库；"socket-lab run" 都不需要。
ui-start-no-graphics = 没有可用于绘图的 OpenGL（{ $said }）。"{ $packages }" 会安装窗口所需的库；"socket-lab run" 都不需要。
ui-start-other = 无法打开窗口：{ $said }。"{ $packages }" 会安装窗口所需的库；"socket-lab run" 都不需要。
ui-start-panicked = 窗口因 Socket Lab 自身的错误而结束：{ $said }。请报告此问题。

# 传输视图（ui/transfers）
ui-transfers = 传输
ui-command-transfers = 显示传输
ui-command-transfers-tip = 所选程序用 TFTP 发送或接收的文件：进度、速度、请求了什么、同意了什么
ui-not-now-no-tftp = 请先选择一个使用 TFTP 的程序。
ui-transfers-rows = 该程序的传输
ui-transfers-row-tip = 单击查看这次传输的全部信息
ui-transfers-spoken = { $name }，{ $peer }，{ $state }，{ $progress }
ui-transfers-count = 进行中 { $going } 个，已结束 { $ended } 个
ui-transfers-packets = 查看报文
ui-transfers-packets-tip = 在日志中只显示这次传输的报文
ui-transfers-cancel = 取消
ui-transfers-cancel-tip = 结束这次传输：向对方发送 ERROR，不会留下不完整的文件
ui-transfers-none = { $program } 没有传输
ui-transfers-none-start = 启动 { $program } 后，它发送或接收的每个文件都列在这里。
ui-transfers-none-ask = 启动一个 TFTP 客户端，或让任意程序向 { $address } 请求文件。
ui-transfers-giving = 正在发送
ui-transfers-taking = 正在接收
ui-transfers-complete = 完成
ui-transfers-unconfirmed = 已发送，未见最后的 ACK
ui-transfers-refused = 已拒绝，ERROR { $code }
ui-transfers-was-refused = 对方发来 ERROR { $code }
ui-transfers-left = 已放弃
ui-transfers-of = { $done }，共 { $all }
ui-transfers-time-left = 还需 { $time }
ui-transfers-block = 块
ui-transfers-block-tip = 最近一个首次发送的块，或按顺序收到的块
ui-transfers-wire = 线上编号
ui-transfers-wire-tip = 块编号只有 16 位：65535 之后从 0 继续
ui-transfers-repeated = 重发
ui-transfers-repeated-tip = 这一端之前发过的报文：应答丢失了，或来得太晚
ui-transfers-duplicates = 重复
ui-transfers-duplicates-tip = 这一端之前收到过的报文，绝不会因此再发 DATA。
ui-transfers-gaps = 乱序
ui-transfers-gaps-tip = 前面的块还没到就先到的块：前面的块丢失了，或还在路上
ui-transfers-strays = 无关报文
ui-transfers-strays-tip = 不属于这次传输的报文，或来自其他端口的报文
ui-transfers-elapsed = 用时
ui-transfers-elapsed-tip = 从请求到最后一个报文
ui-transfers-ended-complete = 每个块都已收到并得到确认。
ui-transfers-ended-unconfirmed = 每个块都已发送，但没有看到最后一个块的 ACK。许多接收方不发它就离开；这不算失败。
ui-transfers-ended-refused = 这一端用 ERROR { $code }“{ $words }”结束了传输。{ $meaning }
ui-transfers-ended-was-refused = 对方用 ERROR { $code }“{ $words }”结束了传输。{ $meaning }
ui-transfers-ended-left = 文件还没传完，这一端就关闭了套接字。
ui-transfers-speed = 每秒字节数
ui-transfers-speed-spoken = 速度随时间的变化，平均 { $rate }
ui-transfers-speed-short = 时间太短，画不出变化
ui-transfers-agreed = 请求与同意
ui-transfers-agreed-none = 客户端没有请求任何选项：每块 512 字节，每块一个 ACK（RFC 1350）。
ui-transfers-option = 选项
ui-transfers-asked = 请求
ui-transfers-granted = 同意
ui-transfers-why = 原因
ui-transfers-not-granted = 未同意
ui-transfers-why-size = 持有文件的一方告知了大小
ui-transfers-why-same = 与请求相同
ui-transfers-why-less = 服务器最多只允许这么多
ui-transfers-why-left-out = OACK 中没有，因此不生效
ui-transfers-why-no-oack = 服务器没有发 OACK 就继续了，不认识选项的服务器就是这样
ui-transfers-why-unanswered = 还没有应答

# 逐字段的报文（ui/details/packet）
ui-packet = 报文
ui-packet-bytes = 第 { $from } 到 { $to } 字节：{ $bytes }
ui-packet-more = 还有 { $count } 个字段
