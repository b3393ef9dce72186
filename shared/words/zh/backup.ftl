### 备份与恢复
backup-made = 已备份并核对：{ $file }（{ $megabytes } MB，{ $days } 个营业日、{ $tickets } 张号票）
backup-removed = 已删除 { $count } 个旧备份
backup-none = { $folder } 中没有备份
backup-line = { $taken }  { $megabytes } MB  { $file }
backup-restored = 已恢复到备份时的状态：{ $days } 个营业日、{ $tickets } 张号票
backup-restored-after = 备份之后取的号不在其中，请口头叫完这些号，再让客户重新取号
backup-kept = 原有数据保存在 { $file }
backup-refused-not_empty = 那里已有数据。如需替换，请加 --replace；原有数据会另存
backup-refused-in_use = 有程序正在使用数据库文件，请先退出取号机、窗口终端和大厅屏，再恢复
backup-refused-no_backup = 没有这个备份；用 jiaohao backups 查看已有的备份
backup-refused-not_a_backup = 这个文件不是叫号系统的备份
backup-offer = 最近的完好备份是 { $taken } 的。请退出各程序，然后运行：jiaohao restore --latest --replace
backup-offer-none = { $folder } 中没有备份
backup-stage-copy = 复制
backup-stage-check = 核对
backup-stage-keep_aside = 另存原有数据
backup-stage-bring_back = 恢复
