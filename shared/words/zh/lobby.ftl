### 大厅显示屏与语音

lobby-title = 叫号显示
lobby-to-counter = 请到窗口
lobby-calls-none = 请留意屏幕和语音叫号
lobby-waiting = 等候情况
lobby-waiting-total = 共 { $people } 人
lobby-counters = 窗口
lobby-counters-none = 窗口即将开放，请稍候
lobby-counter-open = 服务中
lobby-counter-paused = 暂停
lobby-badge = 工号
lobby-quote-no-counter = 暂无窗口
lobby-quote-none = 无需等候
lobby-quote-unknown = 请稍候
lobby-quote-range = { $low }-{ $high } 分钟
lobby-quote-within = { $minutes } 分钟内
lobby-stale-never = 正在连接数据库，请稍候
lobby-closed = 今日营业已结束
lobby-closed-today = 今日休息
lobby-opens = { $time } 开始营业
lobby-hours = 营业时间 { $hours }
lobby-days = { $first }至{ $last }
lobby-date = { $month }月{ $day }日 { $weekday }

## 星期，0 为星期一
lobby-weekday-0 = 周一
lobby-weekday-1 = 周二
lobby-weekday-2 = 周三
lobby-weekday-3 = 周四
lobby-weekday-4 = 周五
lobby-weekday-5 = 周六
lobby-weekday-6 = 周日
lobby-summary-sign = 请{ $number }号到{ $counter }号窗口
