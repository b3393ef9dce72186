### 总部汇集各营业厅服务器的数据
headoffice-published = 总部现在可以订阅本服务器：{ $halls }。总部断线期间最多为其保留 { $megabytes } MB 日志
headoffice-subscribed = 已订阅 { $name }，正在复制其营业厅：{ $halls }
headoffice-left = 已停止订阅 { $name }；其营业厅数据保留在此，不再更新
headoffice-slot-left = 暂时无法连接对方服务器，它仍在为我们保留日志。请在那里执行：SELECT pg_drop_replication_slot('{ $slot }')
headoffice-following = { $name }：{ $state ->
    [ready] 正常
    [copying] 首次复制进行中（{ $ready }/{ $tables } 张表）
   *[away] 未连接，恢复后自动补齐
}{ $heard ->
    [never] {""}
   *[other] ，最近收到 { $heard }
}
headoffice-keeps = { $name }：{ $state ->
    [lost] 总部断线过久，需重新复制：jiaohao head-office rejoin
    [here] 已连接
   *[away] 未连接，已为其保留 { $megabytes } MB 日志
}
headoffice-nothing = 此处没有订阅，也没有总部订阅本服务器
headoffice-board = 全部营业厅
headoffice-column-hall = 营业厅
headoffice-column-issued = 取号
headoffice-column-waiting = 等候
headoffice-column-overdue = 超过承诺
headoffice-column-longest = 最长等候（分钟）
headoffice-column-open = 开放窗口
headoffice-column-changed = 最近变化
headoffice-refused-not_postgres = 总部和各营业厅均需使用 PostgreSQL
headoffice-refused-wal_level = 本服务器的日志级别不支持订阅：请在 postgresql.conf 中设置 wal_level = logical 并重启
headoffice-refused-not_published = 对方服务器尚未发布，请在那里运行：jiaohao head-office publish
headoffice-refused-known_hall = 本库已有这些营业厅的数据；如需重新复制：jiaohao head-office rejoin
headoffice-refused-known_subscription = 该名称已订阅；可用 jiaohao head-office status 查看
headoffice-refused-unknown_subscription = 没有订阅该名称；可用 jiaohao head-office status 查看
headoffice-refused-name = 名称只能由小写字母、数字和下划线组成，并以字母开头
headoffice-refused-same_server = 服务器不能订阅自己：总部需要另一台 PostgreSQL 服务器
