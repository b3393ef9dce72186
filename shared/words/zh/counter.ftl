### 窗口终端

counter-title = 叫号终端

## 动作
counter-action-next = 下一位
counter-action-call = 叫此号
counter-action-recall = 重呼
counter-action-no-show = 过号
counter-action-hold = 挂起
counter-action-transfer = 转移
counter-action-start = 办理
counter-action-finish = 办结
counter-action-pause = 暂停
counter-action-open = 恢复
counter-action-undo = 撤销
counter-action-undo-left = 撤销 { $seconds } 秒
counter-action-unprinted = 未打印
counter-action-devices = 设备
counter-action-quotes = 预计等候
counter-action-bar = 窄条
counter-action-desk = 展开
counter-action-language = English
counter-action-log-out = 退出
counter-action-return = 恢复
counter-action-resume = 恢复
counter-action-cancel = 取消

## 动作说明
counter-tip-next = 办结当前号票，并呼叫下一位
counter-tip-recall = 再呼叫一次
counter-tip-no-show = 客户未到，记为过号
counter-tip-hold = 客户暂离，号票先挂起
counter-tip-transfer = 转到其他业务或窗口，取号时间不变
counter-tip-start = 客户已到，开始办理
counter-tip-finish = 办结，不呼叫下一位
counter-tip-pause = 暂停服务，当前号票可先办完
counter-tip-open = 继续接待客户
counter-tip-undo = 撤销刚才的操作
counter-tip-unprinted = 查看没有打印出来的号票，可以补打
counter-tip-quotes = 查看上周预计等候的成绩
counter-tip-devices = 查看全厅设备的状况和处理办法
counter-tip-bar = 收成窄条，让出屏幕
counter-tip-desk = 展开为完整窗口
counter-tip-language = Switch to English
counter-tip-log-out = 关闭窗口并退出登录

## 暂时不能操作的原因
counter-why-loading = 正在读取营业厅数据
counter-why-stale = 数据库暂时没有响应，恢复后即可操作
counter-why-busy = 上一步正在处理
counter-why-serving = 已开始办理，请用办结、转移或挂起
counter-why-all-printed = 号票都已打印

## 登录
counter-choose-title = 这台电脑在几号窗口？
counter-choose-hint = 输入窗口号，或用鼠标选择
counter-choose-barrier-free = 无障碍窗口
counter-log-in-badge = 工号
counter-log-in-pin = 密码
counter-log-in-button = 登录
counter-log-in-checking = 正在核对
counter-log-in-empty = 请输入工号和密码
counter-log-in-change = 更换窗口
counter-log-in-locked = 密码多次输错，请 { $seconds } 秒后再试
counter-take-over-question = 工号 { $badge } 已在此登录，要接管吗？
counter-take-over-hint = 对方会退出；办理中的号票留在本窗口。
counter-take-over-yes = 接管窗口
counter-taken-over = 工号 { $badge } 已接管本窗口
counter-logged-out-elsewhere = 您已在别处退出本窗口，请重新登录

## 当前号票
counter-free = 窗口空闲
counter-free-next = 按 F1 呼叫下一位
counter-free-nobody = 现在没有人等候
counter-paused = 暂停服务
counter-paused-hint = 按 F8 恢复服务
counter-closed = 窗口未开放
counter-paused-after = 办完这一位后暂停
counter-fact-waited = 已等候
counter-fact-quoted = 取号时预计
counter-fact-issued = 取号
counter-fact-calls = 已呼叫
counter-fact-calls-value = { $calls } 次
counter-fact-ahead = 前面 { $people } 人
counter-elapsed-called = 已叫号
counter-elapsed-serving = 办理用时
counter-elapsed-of = { $spent } / { $promised }
counter-pace-in_time = 时限内
counter-pace-close = 接近时限
counter-pace-over = 已超时
counter-due = 承诺 { $minutes } 分钟内叫号，应在 { $time } 前
counter-due-head-start = 承诺 { $minutes } 分钟内叫号，{ $priority }提前 { $ahead } 分钟，应在 { $time } 前
counter-due-at-once = 承诺 { $minutes } 分钟内叫号，{ $priority }提前 { $ahead } 分钟，取号后即优先
counter-due-appointment = 预约时间 { $time }
counter-due-sent-here = 指定到本窗口办理
counter-due-returned = 过号后恢复排队
counter-went-before = 先于更早取号的 { $number }：{ $reason }
counter-went-before-more = 先于更早取号的 { $number } 等 { $people } 位：{ $reason }
counter-chosen-before = 先于应先叫的 { $number }：{ $reason }
counter-chosen-before-more = 先于应先叫的 { $number } 等 { $people } 位：{ $reason }
counter-overtaken = 等候中 { $number } 先叫：{ $reason }
counter-overtaken-more = 等候中 { $number } 等 { $people } 位先叫：{ $reason }
counter-overtaking-other_counter = 由别的窗口办理
counter-overtaking-away = 当时不在场
counter-overtaking-appointment = 有预约
counter-overtaking-head_start = 优先级提前
counter-overtaking-shorter_promise = 承诺时间更短
counter-overtaking-counter_preference = 窗口专办业务
counter-overtaking-earlier_due = 应叫时间更早
counter-overtaking-chosen = 营业员指定

## 列表
counter-waiting-title = 等候
counter-waiting-count = 全厅 { $people } 人
counter-waiting-none = 没有人等候
counter-waiting-longest = 最久 { $time }
counter-column-number = 号码
counter-column-service = 业务
counter-column-priority = 优先级
counter-column-waited = 已等候 / 承诺
counter-held-title = 挂起
counter-held-none = 没有挂起的号票
counter-no-show-title = 过号
counter-no-show-none = 没有可恢复的过号

## 今日
counter-figures-title = 今日本窗口
counter-figures-served = 办结
counter-figures-no-shows = 过号
counter-figures-mean = 平均用时
counter-figures-satisfaction = 满意率
counter-figures-satisfaction-value = { $percent }%（{ $rated }）
counter-figures-satisfaction-tip = 已评价 { $rated }，其中满意 { $satisfied }；未评价 { $not_rated }
counter-figures-none = 暂无

## 刚才做了什么
counter-welcome = 工号 { $badge } 已登录，窗口已开放
counter-done-next = 已呼叫 { $number }
counter-done-next-after = 已办结 { $before }，已呼叫 { $number }
counter-done-finish-nobody-waits = 已办结 { $number }，现在没有人等候
counter-nobody-waits = 现在没有人等候
counter-done-recall = 已重呼 { $number }
counter-done-start = { $number } 开始办理
counter-done-finish = 已办结 { $number }
counter-done-no-show = { $number } 已记为过号
counter-done-hold = { $number } 已挂起
counter-done-resume = { $number } 已恢复排队
counter-done-return = { $number } 已恢复排队，前面再等三位
counter-done-cancel = { $number } 已取消
counter-done-transfer = { $number } 已转到{ $service }
counter-done-transfer-counter = { $number } 已转到 { $counter } 号窗口
counter-done-pause = 已暂停服务
counter-done-open = 已恢复服务
counter-done-undo = 已撤销，{ $number } 回到{ $state }
counter-done-undo-counter = 已撤销
counter-done-reprint = 已重新打印 { $number }
counter-done-paper = { $number } 已记为打印好
counter-kept-finish = { $number } 已办结，先记在本机，恢复后自动补传
counter-outage-trouble = { $since }–{ $until } 数据库中断：补传取号 { $tickets } 张、办结 { $finished } 件；请人工处理：{ $numbers }
counter-outage-aside = { $since }–{ $until } 数据库中断；请人工处理：{ $numbers }（部分未入系统，存于 { $machine }）
counter-retrying = 数据库没有响应，正在重试，请稍候
counter-not-confirmed = 没有收到确认，请看清当前号票再操作
counter-bug = 程序出错，已记入日志；请看清当前号票再操作

## 转移
counter-transfer-title = { $number } 转移到
counter-transfer-search = 输入业务、字母或窗口号
counter-transfer-service = { $prefix }  { $name }
counter-transfer-counter = { $counter } 号窗口
counter-transfer-none = 没有符合的业务或窗口
counter-transfer-hint = 取号时间保持不变，不必重新排队
counter-transfer-to-service = { $people } 人等候
counter-dialog-keys = ↑↓ 选择    Enter 确定    Esc 返回

## 暂停
counter-pause-title = 暂停的原因
counter-pause-hint = 按数字键直接选择
counter-pause-meal = 用餐
counter-pause-short = 短暂离开
counter-pause-meeting = 开会
counter-pause-fault = 系统故障
counter-pause-closing = 准备下班

## 未打印的号票
counter-unprinted-title = 没有打印出来的号票
counter-unprinted-count = { $count } 张未打印
counter-unprinted-hint = 选中后按 Enter 重新打印
counter-unprinted-cause = { $printer}：{ $cause }
counter-cause-paper_out = 缺纸
counter-cause-paper_low = 纸将用完
counter-cause-cover_open = 机盖未合
counter-cause-cutter_error = 切刀故障
counter-cause-mechanical_error = 机械故障
counter-cause-offline = 打印机离线
counter-cause-unreachable = 连接不上
counter-cause-busy = 正忙
counter-cause-no_permission = 没有使用权限
counter-cause-timeout = 没有响应
counter-cause-write_failed = 发送失败
counter-cause-garbage = 应答错误
counter-cause-no_answer = 没有应答
counter-cause-no_sound = 没有声音
counter-cause-no_clips = 语音片段不可用
counter-unprinted-unknown = 原因不明
counter-unprinted-may-be-out = 可能已出票
counter-out-title = { $number } 的号票出来了吗？
counter-out-hint = 号票已发送到 { $printer }，但打印机没有确认。请看一下出票口。
counter-out-yes = 出来了，不再打印
counter-out-no = 没有出来，重新打印

## 预计等候的成绩
counter-quotes-title = 上周的预计等候
counter-quotes-reading = 正在读取……
counter-quotes-explained = 按取号时告知顾客的分钟数计算。区间应 10 次中有 8 次成立；每天开门后更新。

## 全厅设备
counter-devices-title = 全厅设备
counter-devices-count = 设备 { $count }
counter-devices-keys = Esc 返回
counter-device-note = { $device }：{ $trouble }。{ $advice }
counter-device-note-more = { $device }：{ $trouble }。{ $advice }（另有 { $more } 个设备，按 F10 查看）

## 号码屏
counter-sign-ok = 号码屏正常
counter-sign-unknown = 号码屏已更新
counter-sign-down = 号码屏无响应
counter-sign-absent = 未接号码屏
counter-sign-paused = 暂停服务
counter-sign-welcome = 欢迎光临

## 提示条
counter-stale = 数据库暂时没有响应，正在重试；恢复后自动更新
counter-stale-since = 数据库暂时没有响应，正在重试；以下是 { $time } 的情况
counter-stale-standby = 数据库没有响应，以下是 { $time } 的情况；{ $number } 办完可按 F7，恢复后自动补传
counter-stale-kept = 数据库没有响应；{ $number } 的办结已记在本机，恢复后自动补传
counter-loading = 正在读取营业厅数据

## 呼叫器、评价器、扫码器
counter-rated = { $number } 客户评价：{ $level }
counter-pad-transfer = 请输入要转往的窗口号，再按确认
counter-pad-nobody = 没有可以恢复的号票
counter-pad-unknown = 没有这个号可以呼叫或恢复
counter-pad-which = 有 { $count } 张可恢复，请输入号码再按确认
counter-pad-waits = { $number } 正在等候；10 秒内按“呼叫”键先叫此号
counter-pad-several = { $numbers } 都在等候，请按序号（1 至 { $count }）再按确认
counter-pad-question = 请先回答屏幕上的问题
counter-scan-title = 号票 { $number }（{ $state }）
counter-scan-reprint = 补打号票
counter-scan-told = 号票 { $number }：{ $state }
counter-damaged = 数据库损坏
counter-damaged-backup = 数据库损坏，请停用并联系维护人员（最近的备份：{ $taken }）
