### jiaohao bench：许多程序同时使用一个营业厅

bench-done = { $processes } 个进程共取号 { $issued } 张、叫号 { $called } 次
bench-rates = 每秒取号 { $issues } 张，每秒叫号 { $calls } 次
bench-faults = 重复号码：{ $numbers }；重复叫号：{ $called }；错误：{ $errors }
bench-log-clean = 日志与数据表一致
bench-log-differs = 日志与数据表不一致：
