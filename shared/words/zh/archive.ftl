### 归档旧的营业日，销毁超过保存期限的资料
archive-day = { $day }：已归档并核对，随后从本库删除（{ $tickets } 张号票）
archive-done = { $days ->
    [0] 没有需要归档的营业日
   *[other] 已归档 { $days } 个营业日
}
archive-day-destroyed = { $day }：已销毁（{ $tickets } 张号票）
archive-destroyed = { $days ->
    [0] 没有超过保存期限的营业日
   *[other] 已销毁 { $days } 个营业日
}
archive-same-store = 这个地址就是本厅自己的数据库，请另外指定归档库；未移动任何资料
