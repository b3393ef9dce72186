### The score of the wait quotes: the terminal's supervisor page and jiaohao score

score-none = No score yet: it comes on the morning after the first day
score-days = { $first } to { $last }: { $called } tickets called, { $scored } of them had been told minutes
score-too-few = Fewer than { $fewest } tickets were told minutes: too few for a score
score-error = Mean error: { $minutes } min
score-kept = Called within the range told: { $kept } % (goal 80 %); later than its upper end: { $late } % (goal 10 %)
score-les = On the same tickets, the last customer's wait would have been off by { $minutes } min
score-people = On the same tickets, people × mean gap would have been off by { $minutes } min
