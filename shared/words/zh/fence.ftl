### 按营业厅限制数据库角色
fence-hall = { $role } 从现在起只能读写 { $hall } 的数据，看不到其他营业厅
fence-all = { $role } 从现在起可以读取全部营业厅的数据，不能写入
fence-refused-not_postgres = 只有 PostgreSQL 支持角色；SQLite 文件由有权打开它的人使用
fence-refused-unknown_role = 没有这个角色，请先用 CREATE ROLE 创建
