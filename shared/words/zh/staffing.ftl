### jiaohao staffing：需要多少个窗口

staffing-working = 正在读取以往的营业日
staffing-no-past = 还没有以往的营业日可供参考
staffing-open =
    现在开 { $counter } 号窗口：九成客户的等候{ $trend ->
        [down] 从 { $before } 分钟降到 { $after } 分钟
        [up] 从 { $before } 分钟升到 { $after } 分钟
       *[same] 仍是 { $after } 分钟
    }；按承诺时间叫到 { $kept_before }% → { $kept_after }%
staffing-close =
    少了 { $counter } 号窗口：九成客户的等候{ $trend ->
        [down] 从 { $before } 分钟降到 { $after } 分钟
        [up] 从 { $before } 分钟升到 { $after } 分钟
       *[same] 仍是 { $after } 分钟
    }；按承诺时间叫到 { $kept_before }% → { $kept_after }%
staffing-stranded = 所办业务没有窗口开放的客户：{ $before } → { $after } 位
staffing-all-services = 全部业务
staffing-column-time = 时段起
staffing-column-arrivals = 来客
staffing-column-minutes = 每位分钟
staffing-column-needed = 需要窗口
staffing-column-at-work = 实际窗口
staffing-column-expected = 预计按时
staffing-column-kept = 实际按时
staffing-column-wait = 平均等候
