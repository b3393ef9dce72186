### 取号机

## 首页
kiosk-title = 取号机
kiosk-choose-service = 请选择要办理的业务
kiosk-choose-booked-service = 您预约了哪项业务？
kiosk-choose-class = 请选择适合您的服务
kiosk-choose-time = 您预约的是几点？
kiosk-open-until = 今日营业至 { $time }
kiosk-open-always = 全天营业
kiosk-people = 前面 { $people } 人
kiosk-nobody = 无人等候
kiosk-quote-range = 约 { $low }-{ $high } 分钟
kiosk-quote-within = { $high } 分钟以内
kiosk-quote-soon = 很快叫到您
kiosk-no-counter = 暂无窗口办理
kiosk-help = 长者·无障碍
kiosk-appointment = 预约取号
kiosk-page-before = 上一页
kiosk-page-next = 下一页
kiosk-page = { $page } / { $pages }
kiosk-glance-counters = { $counters } 个窗口服务中
kiosk-glance-no-counters = 窗口暂未开放
kiosk-glance-people = 前面共 { $people } 人
kiosk-glance-nobody = 现在无人等候
kiosk-glance-paper = 打印机暂时不能出票，取号后请拍照留存
kiosk-glance-standby = 网络中断，照常取号；号码同样有效，恢复后按取号时间叫号
kiosk-issuing = 正在取号…
kiosk-back = 返回

## 优先服务
kiosk-class-senior-detail = 字更大，优先叫号
kiosk-class-disabled-detail = 行动、视力或听力不便，优先叫号
kiosk-class-other-detail = 优先叫号
kiosk-mode-priority = 正在为您取：{ $class }号
kiosk-mode-appointment = 正在为您取：预约号
kiosk-mode-leave = 取普通号
kiosk-time-now = 现在
kiosk-time-none = 今天没有可取号的预约时段，请到服务台咨询

## 取号之后
kiosk-your-number = 您的号码
kiosk-result-people = 前面 { $people } 人
kiosk-result-nobody = 前面没有人
kiosk-result-counter = 请留意 { $counters } 号窗口
kiosk-result-counters = 请留意 { $counters } 号窗口
kiosk-result-appointed = 预约时间 { $time }
kiosk-printing = 正在打印号票…
kiosk-printed = 请取走号票
kiosk-printed-hint = 叫到您时，请到大屏和广播提示的窗口
kiosk-sent-hint = 如果没有出票，请拍照留存，号码有效
kiosk-no-printer = 请拍照留存号码
kiosk-print-paper_out = 打印机缺纸，您的号码已生效：{ $number }，请拍照留存
kiosk-print-cover_open = 打印机盖未关好，您的号码已生效：{ $number }，请拍照留存
kiosk-print-offline = 打印机没有连接，您的号码已生效：{ $number }，请拍照留存
kiosk-print-failed = 打印机未能出票，您的号码已生效：{ $number }，请拍照留存
kiosk-print-hint = 凭号码即可办理；需要纸质号票，请到任一窗口补打

## 没有取到号
kiosk-failed-title = 暂时没有取到号
kiosk-failed-detail =
    取号机暂时连不上叫号系统。
    请点「重试」，或到服务台取号。
kiosk-refused-detail =
    { $reason }。
    请返回重新选择，或到服务台咨询。
kiosk-retry = 重试
kiosk-retrying = 正在重试…

## 不能取号时
kiosk-closed-title = 现在是非营业时间
kiosk-closed-next = { $day } { $time } 开始营业
kiosk-closed-hours = 营业时间
kiosk-closed-always = 除休息日外，全天营业
kiosk-out-title = 取号机暂停使用
kiosk-out-detail = 正在自动恢复，请稍候
kiosk-out-hint = 着急办理的话，请到服务台人工取号
kiosk-starting = 正在准备，请稍候
kiosk-today = 今天
kiosk-tomorrow = 明天
kiosk-weekday-0 = 周一
kiosk-weekday-1 = 周二
kiosk-weekday-2 = 周三
kiosk-weekday-3 = 周四
kiosk-weekday-4 = 周五
kiosk-weekday-5 = 周六
kiosk-weekday-6 = 周日
kiosk-date = { $month } 月 { $day } 日
kiosk-every-day = 每天
kiosk-weekdays = { $first }至{ $last }

## 扫码
kiosk-scan-returned = 您的号码 { $number } 已恢复
kiosk-scan-waiting = 您的号码 { $number } 正在排队
kiosk-scan-called = 请到 { $counter } 号窗口
kiosk-scan-called-detail = 正在为您的号码 { $number } 办理
kiosk-scan-over = 号码 { $number } { $state }
kiosk-scan-over-detail = 如需办理业务，请重新取号
kiosk-scan-refused = 没有找到可用的号票
kiosk-scan-hint = 请重新取号，或到服务台咨询
kiosk-scan-unknown = 暂时查不到您的号票
kiosk-scan-unknown-detail = 请稍后再扫一次，或到服务台咨询
