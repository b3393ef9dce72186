### Installing and looking after a hall
operations-hall-ready = { $name } ({ $hall }) is ready, version { $version } of its description
operations-nobody-waiting = Nobody waits for counter { $counter }
operations-undone = Took back at counter { $counter }: { $action }
operations-verified =
    Checked { $days ->
        [one] one business day
       *[other] { $days } business days
    }, { $events ->
        [one] one event
       *[other] { $events } events
    }, { $tickets ->
        [one] one ticket
       *[other] { $tickets } tickets
    }
operations-differences =
    { $count ->
        [one] One difference:
       *[other] { $count } differences:
    }
operations-clerk-added = Badge { $badge } ({ $name }) is stored
operations-board-calls = Calls
operations-board-waiting = Waiting
operations-board-counters = Counters
operations-column-number = Number
operations-column-counter = Counter
operations-column-service = Service
operations-column-time = Time
operations-column-people = People
operations-column-quote = Quoted wait (minutes)
operations-column-state = State
operations-column-clerk = Badge
operations-not-overtaken = No later ticket was called before this one
operations-overtaken-other_counter = { $number } went first at counter { $counter }: that counter does not offer this ticket's service
operations-overtaken-away = { $number } went first at counter { $counter }: this ticket was on hold or had missed its call
operations-overtaken-appointment = { $number } went first at counter { $counter }: it has an appointment
operations-overtaken-head_start = { $number } went first at counter { $counter }: its class has a head start
operations-overtaken-shorter_promise = { $number } went first at counter { $counter }: its service promises a shorter wait
operations-overtaken-counter_preference = { $number } went first at counter { $counter }: that counter prefers its service
operations-overtaken-earlier_due = { $number } went first at counter { $counter }: it was due earlier
