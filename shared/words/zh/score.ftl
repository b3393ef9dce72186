### 预计等候的成绩：终端主管页与 jiaohao score

score-none = 还没有成绩：营业满一天后，次日开门时给出
score-days = { $first } 至 { $last }：叫号 { $called } 张，其中取号时告知过分钟数的 { $scored } 张
score-too-few = 告知过分钟数的号票不足 { $fewest } 张，暂不评分
score-error = 平均误差：{ $minutes } 分钟
score-kept = 在告知区间内叫到：{ $kept } %（目标 80 %）；晚于上限：{ $late } %（目标 10 %）
score-les = 同样的号票，若报最近一位的等候：误差 { $minutes } 分钟
score-people = 同样的号票，若报人数 × 平均间隔：误差 { $minutes } 分钟
