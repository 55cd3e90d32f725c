# Sentences of the floor trace.

trace-panic = 线程崩溃（panic）：{ $what }
trace-program-started = 程序 { $name }（{ $kind }）已启动
trace-program-ended = 程序已结束
trace-thread-started = 线程 { $name } 已启动
trace-thread-ended = 线程已结束
trace-lane-full = 等待了 { $took }，因为记录产生得比写入快
