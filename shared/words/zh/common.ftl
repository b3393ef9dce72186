### 各程序共用的词

common-language-other = English
common-back = 返回
common-counter = { $counter } 号窗口
common-quote-none = 无需等候
common-quote-range = 约 { $low }-{ $high } 分钟
common-quote-within = { $high } 分钟以内
common-quote-soon = 很快叫到
common-badge = 工号 { $badge }
common-stale = 数据未更新
common-stale-since = 数据暂未更新，最后更新于 { $time }

## 号票状态
state-waiting = 等候
state-called = 已叫号
state-serving = 办理中
state-finished = 已办结
state-no_show = 过号
state-held = 挂起
state-cancelled = 已取消
state-expired = 已失效

## 评价
rating-1 = 很不满意
rating-2 = 不满意
rating-3 = 一般
rating-4 = 满意
rating-5 = 很满意

## 窗口状态
counter-state-open = 服务中
counter-state-paused = 暂停服务
counter-state-closed = 未开放

## 规则不允许时的说明（refusal-<code>）
refusal-unknown_hall = 没有这个营业厅
refusal-unknown_service = 本厅没有这项业务
refusal-unknown_priority = 本厅没有这个优先级
refusal-unknown_counter = 本厅没有这个窗口
refusal-unknown_ticket = 没有这张号票
refusal-wrong_state = 号票当前状态不能这样操作
refusal-already_returned = 该号已恢复过一次，请重新取号
refusal-counter_free = 窗口当前没有号票
refusal-counter_busy = 请先办结或退回当前号票
refusal-counter_paused = 窗口已暂停或未开放，请先恢复服务
refusal-counter_taken = 窗口已有其他营业员登录
refusal-stale_view = 窗口情况已变化，已为您刷新，请再确认一次
refusal-transfer_nowhere = 请选择要转往的业务或窗口
refusal-nothing_to_undo = 没有可以撤销的操作
refusal-undo_too_late = 已超过 10 秒，不能撤销
refusal-undo_overtaken = 号票之后又有变化，不能撤销
refusal-request_reused = 这次操作与先前的操作重复，未再执行
refusal-appointment_time = 预约时间不在可取号的范围内
refusal-unknown_badge = 没有这个工号
refusal-wrong_pin = 密码不正确
refusal-locked_out = 尝试次数过多，请稍后再试
refusal-counter_closed = 该窗口未开放，请转往业务或其他窗口
refusal-plan_in_use = 还有客户在办理将被删除的业务或窗口，请稍后再更新
refusal-text_too_long = 输入的文字太长
refusal-prefix_leased = 这个业务字母已留给取号机断网时使用，请换一个
refusal-no_free_series = 没有可分配的断网号段，取号机断网时不能取号
refusal-not_offered = 本窗口不能办理这张号票
refusal-weak_pin = 密码太简单，请换一个
refusal-nothing_to_rate = 没有可以评价的业务
refusal-rating_late = 评价时间已过
refusal-already_rated = 这次业务已评价过
refusal-foreign_code = 这不是本系统的号票
refusal-other_hall = 这是其他营业厅的号票
refusal-other_day = 这张号票不是今天的，已失效

## 数据库暂不可用的原因（store-<cause>）
store-unreachable = 暂时无法连接数据库，正在自动重试
store-locked = 数据库正忙，正在自动重试
store-disk_full = 磁盘已满，请联系维护人员
store-read_only = 数据库不能写入，请联系维护人员
store-damaged = 数据库文件损坏，请联系维护人员
store-newer_schema = 数据库来自更新的版本，请升级本程序
store-clock = 本机时间与数据库相差太大，请校准时间
store-no_schema = 数据库尚未初始化，请先运行 jiaohao init

## 数据库中断之后
common-outage = { $since }–{ $until } 数据库中断：取号 { $tickets } 张、办结 { $finished } 件，已全部补传
common-outage-nothing = { $since }–{ $until } 数据库中断，已恢复
common-outage-open = { $since } 起数据库中断，正在补传：已补取号 { $tickets } 张、办结 { $finished } 件
common-outage-part = { $since }–{ $until } 数据库中断：已补传取号 { $tickets } 张、办结 { $finished } 件
common-outage-trouble = ；请人工处理：{ $numbers }
common-outage-aside = ；{ $numbers } 无法补传，仍存于 { $machine }，请联系管理员
