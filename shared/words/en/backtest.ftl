### jiaohao backtest: how good wait forecasts would have been on a hall's history

backtest-working = Replaying { $hall }
backtest-title = Later days only, from { $day } on; minutes
backtest-hall = Hall
backtest-overall = All
backtest-predictor = Predictor
backtest-tickets = Tickets
backtest-mae = Mean error
backtest-median = Median error
backtest-rmse = RMSE
backtest-bias = Bias
backtest-coverage = In range
backtest-late = Later
backtest-width = Width
backtest-by-size-title = Our range, by size of the forecast
backtest-by-day-title = Our range, day by day
backtest-size = Forecast
backtest-size-from = from { $low } min
backtest-size-between = { $low }–{ $high } min
backtest-day = Day
backtest-impossible = { $count ->
    [one] 1 row was left out because its call comes before its issue
   *[other] { $count } rows were left out because their call comes before their issue
}
backtest-nothing-to-score = No ticket with a known call was issued on or after { $day }: choose an earlier --test-from (the file has { $first } to { $last })
backtest-plot-written = Drawn into { $path }
backtest-plot-size = Range kept, by size of the forecast (goal 80 %)
backtest-plot-hall = Range kept, by hall (goal 80 %)
backtest-plot-ahead = Mean error in minutes, by people ahead
