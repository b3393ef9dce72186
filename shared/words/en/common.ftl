### Words that all programs share

common-language-other = 中文
common-back = Back
common-counter = Counter { $counter }
common-quote-none = No wait
common-quote-range = { $low }–{ $high } min
common-quote-within = under { $high } min
common-quote-soon = very soon
common-badge = No. { $badge }
common-stale = Not up to date
common-stale-since = Not up to date; last news at { $time }

## Ticket states
state-waiting = Waiting
state-called = Called
state-serving = Being served
state-finished = Finished
state-no_show = No-show
state-held = On hold
state-cancelled = Cancelled
state-expired = Expired

## Ratings
rating-1 = Very dissatisfied
rating-2 = Dissatisfied
rating-3 = Neutral
rating-4 = Satisfied
rating-5 = Very satisfied

## Counter states
counter-state-open = Open
counter-state-paused = Paused
counter-state-closed = Closed

## What to say when the rules say no (refusal-<code>)
refusal-unknown_hall = There is no such hall
refusal-unknown_service = This hall does not offer that service
refusal-unknown_priority = This hall does not have that priority class
refusal-unknown_counter = This hall does not have that counter
refusal-unknown_ticket = There is no such ticket
refusal-wrong_state = The ticket is in a state that does not allow this
refusal-already_returned = This number has come back once already; please take a new ticket
refusal-counter_free = There is no ticket at this counter
refusal-counter_busy = Finish the present ticket first
refusal-counter_paused = The counter is paused or closed; open it first
refusal-counter_taken = Another clerk is logged in at this counter
refusal-stale_view = The counter has changed and was refreshed; please confirm once more
refusal-transfer_nowhere = Choose a service or a counter to transfer to
refusal-nothing_to_undo = There is nothing to undo
refusal-undo_too_late = More than 10 seconds ago: it can no longer be undone
refusal-undo_overtaken = The ticket has changed since: it can no longer be undone
refusal-request_reused = The same request was sent before; nothing was done again
refusal-appointment_time = It is too early or too late for this appointment
refusal-unknown_badge = There is no such badge number
refusal-wrong_pin = The PIN is not right
refusal-locked_out = Too many attempts; please try again later
refusal-counter_closed = That counter is closed: choose a service or an open counter
refusal-plan_in_use = Customers are still being served under what the new description lacks: load it later
refusal-text_too_long = The text is too long
refusal-prefix_leased = These service letters are reserved for ticket machines that lose the network; choose others
refusal-no_free_series = No series of numbers is left for when the network fails
refusal-not_offered = This counter cannot take that ticket
refusal-weak_pin = This PIN is too easy to guess; choose another
refusal-nothing_to_rate = There is no service to rate
refusal-rating_late = The time for rating is over
refusal-already_rated = This service has been rated
refusal-foreign_code = This code is not one of our tickets
refusal-other_hall = This ticket is from another hall
refusal-other_day = This ticket is not from today and has expired

## Why the database is out of reach (store-<cause>)
store-unreachable = The database cannot be reached; trying again
store-locked = The database is busy; trying again
store-disk_full = The disk is full; please call maintenance
store-read_only = The database cannot be written; please call maintenance
store-damaged = The database file is damaged; please call maintenance
store-newer_schema = The database is of a newer version; please update this program
store-clock = This machine’s clock is far from the database’s: set it
store-no_schema = The database is not set up; run jiaohao init first

## After the database was away
common-outage = No database { $since }–{ $until }: { $tickets } tickets, { $finished } finished, all delivered
common-outage-nothing = No database { $since }–{ $until }; all is well again
common-outage-open = No database since { $since }, delivering: { $tickets } tickets, { $finished } finished so far
common-outage-part = No database { $since }–{ $until }: { $tickets } tickets, { $finished } finished delivered
common-outage-trouble = ; look after { $numbers }
common-outage-aside = ; { $numbers } could not be delivered and stay on { $machine }: call the administrator
