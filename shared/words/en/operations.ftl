### Installing and looking after a hall
operations-hall-ready = { $name } ({ $hall }) is ready, version { $version } of its description
operations-autostart =
    Wrote { $path }. Then:
    { $commands }
operations-autostart-linux = Units are for systemd on Linux; for Windows and macOS see docs/install/
operations-autostart-fails = { $path } cannot be written: { $trouble }
operations-nobody-waiting = Nobody waits for counter { $counter }
operations-undone = Took back at counter { $counter }: { $action }
operations-learned =
    { $tickets } { $tickets ->
        [one] ticket
       *[other] tickets
    } of { $days } { $days ->
        [one] day
       *[other] days
    } learned from; today's wait quotes go by them
operations-learn-nothing = Nothing to learn: done today already, the day has not begun, or there is no past day
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
operations-figures-counter = Counter { $counter }: { $served } served, { $missed } no-shows; { $satisfaction }
operations-figures-satisfaction = { $percent }% satisfied ({ $rated } rated, { $not_rated } not rated)
operations-figures-unrated = no ratings yet ({ $not_rated } not rated)
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
operations-not-overtaken = Nobody overtook this ticket
operations-overtaken-other_counter = { $number } went first at counter { $counter }: that counter does not offer this ticket's service
operations-overtaken-away = { $number } went first at counter { $counter }: this ticket was on hold or had missed its call
operations-overtaken-appointment = { $number } went first at counter { $counter }: it has an appointment
operations-overtaken-head_start = { $number } went first at counter { $counter }: its class has a head start
operations-overtaken-shorter_promise = { $number } went first at counter { $counter }: its service promises a shorter wait
operations-overtaken-counter_preference = { $number } went first at counter { $counter }: that counter prefers its service
operations-overtaken-earlier_due = { $number } went first at counter { $counter }: it was due earlier
operations-overtaken-chosen = { $number } went first at counter { $counter }: the clerk chose it
operations-demo-running = A day in the hall
operations-demo-summary = The day (waits in minutes)
operations-demo-result = Issued { $issued } · served { $served } · no-shows { $missed } · still waiting { $waiting }
operations-demo-verified = Verified: log and tables agree
operations-demo-not-verified = The check found differences:
operations-demo-written = Pictures, papers and the summary are in { $folder }
operations-demo-paper = Printer
operations-demo-signs = Counter signs
operations-demo-join = Join in: take a ticket at the kiosk, or log in at counter { $counter }'s terminal (badge { $badge }, PIN { $pin })
operations-column-issued = Issued
operations-column-served = Served
operations-column-no-shows = No-shows
operations-column-mean-wait = Mean wait
operations-column-longest-wait = Longest
operations-column-promised = Promised
operations-column-kept = Kept
operations-preview-written = The specimen is in { $file }
operations-no-outages = The database was never away in the last { $days } days
