### 纸质号票

ticket-number = 您的号码
ticket-people = 前面等候
ticket-people-value = { $people } 人
ticket-nobody = 无人等候
ticket-quote = 预计等候
ticket-quote-range = 约 { $low }-{ $high } 分钟
ticket-quote-within = { $high } 分钟以内
ticket-quote-soon = 很快叫到您
ticket-appointed = 预约时间
ticket-counters = 办理窗口
ticket-counters-value = { $counters } 号
ticket-issued = 取号时间
ticket-reprint = 补打
ticket-scan = 请妥善保管号票，留意大屏和广播
ticket-miss = 过号请告知营业员
