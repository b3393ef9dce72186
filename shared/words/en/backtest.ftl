### jiaohao backtest: how good wait forecasts would have been on a hall's history

backtest-working = Replaying { $hall }
backtest-title = Later days only, from { $day } on; minutes
backtest-column-hall = Hall
backtest-overall = All
backtest-column-predictor = Predictor
backtest-column-tickets = Tickets
backtest-column-mae = Mean error
backtest-column-median = Median error
backtest-column-rmse = RMSE
backtest-column-bias = Bias
backtest-column-coverage = In range
backtest-column-late = Later
backtest-column-width = Width
backtest-by-size-title = Our range, by size of the forecast
backtest-by-day-title = Our range, day by day
backtest-column-size = Forecast
backtest-size-from = from { $low } min
backtest-size-between = { $low }–{ $high } min
backtest-column-day = Day
backtest-impossible = { $count ->
    [one] 1 row was left out because its call comes before its issue
   *[other] { $count } rows were left out because their call comes before their issue
}
backtest-nothing-to-score = No ticket with a known call was issued on or after { $day }: choose an earlier --test-from (the file has { $first } to { $last })
backtest-plot-written = Drawn into { $path }
backtest-plot-size = Range kept, by size of the forecast (goal 80 %)
backtest-plot-hall = Range kept, by hall (goal 80 %)
backtest-plot-ahead = Mean error in minutes, by people ahead
