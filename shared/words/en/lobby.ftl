### The lobby screen and its voice

lobby-title = Calls
lobby-to-counter = Counter
lobby-calls-none = Please watch this screen and listen for your number
lobby-waiting = Waiting
lobby-waiting-total = { $people } { $people ->
    [one] person
   *[other] people
}
lobby-counters = Counters
lobby-counters-none = Counters open shortly
lobby-counter-open = Open
lobby-counter-paused = Paused
lobby-badge = No.
lobby-quote-no-counter = no counter
lobby-quote-none = no wait
lobby-quote-unknown = a while
lobby-quote-range = { $low }–{ $high } min
lobby-quote-within = < { $minutes } min
lobby-stale-never = Connecting to the database, one moment please
lobby-closed = Closed for today
lobby-closed-today = Not open today
lobby-opens = Opening at { $time }
lobby-hours = Opening hours { $hours }
lobby-days = { $first } to { $last }
lobby-date = { $weekday } { $day }/{ $month }

## Weekdays, 0 is Monday
lobby-weekday-0 = Mon
lobby-weekday-1 = Tue
lobby-weekday-2 = Wed
lobby-weekday-3 = Thu
lobby-weekday-4 = Fri
lobby-weekday-5 = Sat
lobby-weekday-6 = Sun
lobby-summary-sign = { $number } to counter { $counter }
