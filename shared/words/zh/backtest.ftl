### jiaohao backtest：用历史记录检验等候时间预测

backtest-working = 正在重放 { $hall }
backtest-title = 只计 { $day } 及以后的日子；单位：分钟
backtest-column-hall = 营业厅
backtest-overall = 合计
backtest-column-predictor = 预测方法
backtest-column-tickets = 号票数
backtest-column-mae = 平均误差
backtest-column-median = 误差中位数
backtest-column-rmse = 均方根误差
backtest-column-bias = 偏差
backtest-column-coverage = 落在区间内
backtest-column-late = 超过上限
backtest-column-width = 区间宽度
backtest-by-size-title = 按预测长短看本系统的区间
backtest-by-day-title = 按日看本系统的区间
backtest-column-size = 预测
backtest-size-from = { $low } 分钟及以上
backtest-size-between = { $low }–{ $high } 分钟
backtest-column-day = 日期
backtest-impossible = 有 { $count } 行的叫号早于取号，已略去
backtest-nothing-to-score = { $day } 及以后没有已知叫号时间的号票：请选更早的 --test-from（文件从 { $first } 到 { $last }）
backtest-plot-written = 图已写入 { $path }
backtest-plot-size = 按预测长短看区间命中率（目标 80 %）
backtest-plot-hall = 按营业厅看区间命中率（目标 80 %）
backtest-plot-ahead = 按前面人数看平均误差（分钟）
