### The clerk's terminal

counter-title = Counter terminal

## Actions
counter-action-next = Next
counter-action-call = Call
counter-action-recall = Recall
counter-action-no-show = No-show
counter-action-hold = Hold
counter-action-transfer = Transfer
counter-action-start = Start
counter-action-finish = Finish
counter-action-pause = Pause
counter-action-open = Reopen
counter-action-undo = Undo
counter-action-undo-left = Undo { $seconds } s
counter-action-unprinted = Unprinted
counter-action-devices = Devices
counter-action-quotes = Quotes
counter-action-bar = Bar
counter-action-desk = Expand
counter-action-language = 中文
counter-action-log-out = Log out
counter-action-return = Return
counter-action-resume = Resume
counter-action-cancel = Cancel

## What the actions do
counter-tip-next = Finish this ticket and call the next one
counter-tip-recall = Call once more
counter-tip-no-show = The customer did not come
counter-tip-hold = The customer steps aside for a while
counter-tip-transfer = Send to another service or counter; the time of issue stays
counter-tip-start = The customer is here: service begins
counter-tip-finish = Finish without calling the next one
counter-tip-pause = Take a break; the present ticket can be finished first
counter-tip-open = Take customers again
counter-tip-undo = Take the last action back
counter-tip-unprinted = Tickets that no paper came of, to print again
counter-tip-quotes = See how good last week's wait quotes were
counter-tip-devices = See how the hall's devices are and what to do
counter-tip-bar = Shrink to a bar and leave the screen free
counter-tip-desk = Open the whole window
counter-tip-language = 切换到中文
counter-tip-log-out = Close the counter and log out

## Why something cannot be done now
counter-why-loading = Reading the hall's data
counter-why-stale = The database does not answer; this works again once it does
counter-why-busy = The last step is still under way
counter-why-serving = Service has begun: finish, transfer or hold it
counter-why-all-printed = Every ticket was printed

## Log-in
counter-choose-title = Which counter is this computer at?
counter-choose-hint = Type its number or click it
counter-choose-barrier-free = Barrier-free
counter-log-in-badge = Badge number
counter-log-in-pin = PIN
counter-log-in-button = Log in
counter-log-in-checking = Checking
counter-log-in-empty = Please enter badge number and PIN
counter-log-in-change = Change counter
counter-log-in-locked = Too many wrong PINs; please try again in { $seconds } s
counter-take-over-question = No. { $badge } is logged in here. Take over?
counter-take-over-hint = The other clerk is logged out; a ticket in service stays here.
counter-take-over-yes = Take over
counter-taken-over = No. { $badge } has taken this counter over
counter-logged-out-elsewhere = You were logged out of this counter elsewhere; please log in again

## The present ticket
counter-free = Counter free
counter-free-next = Press F1 to call the next one
counter-free-nobody = Nobody is waiting
counter-paused = Paused
counter-paused-hint = Press F8 to reopen
counter-closed = Counter closed
counter-paused-after = Pauses after this customer
counter-fact-waited = Waited
counter-fact-quoted = Was quoted
counter-fact-issued = Issued
counter-fact-calls = Called
counter-fact-calls-value = { $calls }×
counter-fact-ahead = { $people } ahead
counter-elapsed-called = Since the call
counter-elapsed-serving = In service
counter-elapsed-of = { $spent } / { $promised }
counter-pace-in_time = in time
counter-pace-close = nearly up
counter-pace-over = over time
counter-due = Promised within { $minutes } min: due by { $time }
counter-due-head-start = Promised within { $minutes } min, { $priority } { $ahead } min earlier: due by { $time }
counter-due-at-once = Promised within { $minutes } min, { $priority } { $ahead } min earlier: due at once
counter-due-appointment = Appointment at { $time }
counter-due-sent-here = Sent to this counter
counter-due-returned = Back in the queue after a no-show
counter-went-before = Before { $number }, who came earlier: { $reason }
counter-went-before-more = Before { $number } and others ({ $people }) who came earlier: { $reason }
counter-chosen-before = Before { $number }, who was due first: { $reason }
counter-chosen-before-more = Before { $number } and others ({ $people }) who were due first: { $reason }
counter-overtaken = { $number } was called first: { $reason }
counter-overtaken-more = { $number } and others ({ $people }) were called first: { $reason }
counter-overtaking-other_counter = served at other counters
counter-overtaking-away = was away then
counter-overtaking-appointment = has an appointment
counter-overtaking-head_start = priority head start
counter-overtaking-shorter_promise = shorter promise
counter-overtaking-counter_preference = this counter's own service
counter-overtaking-earlier_due = due earlier
counter-overtaking-chosen = chosen by the clerk

## Lists
counter-waiting-title = Waiting
counter-waiting-count = { $people } in the hall
counter-waiting-none = Nobody is waiting
counter-waiting-longest = longest { $time }
counter-column-number = Number
counter-column-service = Service
counter-column-priority = Class
counter-column-waited = Waited / promised
counter-held-title = On hold
counter-held-none = No ticket on hold
counter-no-show-title = No-shows
counter-no-show-none = No no-show to take back

## Today
counter-figures-title = Today here
counter-figures-served = Served
counter-figures-no-shows = No-shows
counter-figures-mean = Mean time
counter-figures-satisfaction = Satisfied
counter-figures-satisfaction-value = { $percent }% ({ $rated })
counter-figures-satisfaction-tip = { $rated } rated, { $satisfied } of them satisfied; { $not_rated } not rated
counter-figures-none = none yet

## What was done
counter-welcome = No. { $badge } logged in; the counter is open
counter-done-next = { $number } called
counter-done-next-after = { $before } finished, { $number } called
counter-done-finish-nobody-waits = { $number } finished; nobody is waiting
counter-nobody-waits = Nobody is waiting
counter-done-recall = { $number } called again
counter-done-start = { $number } being served
counter-done-finish = { $number } finished
counter-done-no-show = { $number } noted as a no-show
counter-done-hold = { $number } on hold
counter-done-resume = { $number } back in the queue
counter-done-return = { $number } back in the queue, three places back
counter-done-cancel = { $number } cancelled
counter-done-transfer = { $number } sent to { $service }
counter-done-transfer-counter = { $number } sent to counter { $counter }
counter-done-pause = Counter paused
counter-done-open = Counter open again
counter-done-undo = Undone: { $number } is back to “{ $state }”
counter-done-undo-counter = Undone
counter-done-reprint = { $number } is printing again
counter-done-paper = { $number } noted as printed
counter-kept-finish = { $number } is finished and kept on this machine; it will be delivered
counter-outage-trouble = No database { $since }–{ $until }: { $tickets } tickets, { $finished } finished delivered; look after { $numbers }
counter-outage-aside = No database { $since }–{ $until }; look after { $numbers }: not in the system, kept on { $machine }
counter-retrying = The database does not answer; trying again, please wait
counter-not-confirmed = No confirmation came; check the present ticket before you go on
counter-bug = Something went wrong (see the log); check the present ticket first

## Transfer
counter-transfer-title = Transfer { $number } to
counter-transfer-search = Service, letter or counter number
counter-transfer-service = { $prefix }  { $name }
counter-transfer-counter = Counter { $counter }
counter-transfer-none = No such service or counter
counter-transfer-hint = The time of issue stays; no queueing anew
counter-transfer-to-service = { $people } waiting
counter-dialog-keys = ↑↓ choose    Enter confirm    Esc back

## Pause
counter-pause-title = Why the counter pauses
counter-pause-hint = Press a number to choose at once
counter-pause-meal = Meal
counter-pause-short = Short break
counter-pause-meeting = Meeting
counter-pause-fault = System fault
counter-pause-closing = End of shift

## Unprinted tickets
counter-unprinted-title = Tickets that were not printed
counter-unprinted-count = { $count } not printed
counter-unprinted-hint = Choose one and press Enter to print it again
counter-unprinted-cause = { $printer}: { $cause }
counter-cause-paper_out = out of paper
counter-cause-paper_low = paper is low
counter-cause-cover_open = cover is open
counter-cause-cutter_error = cutter fault
counter-cause-mechanical_error = mechanical fault
counter-cause-offline = printer is offline
counter-cause-unreachable = cannot be reached
counter-cause-busy = busy
counter-cause-no_permission = not permitted
counter-cause-timeout = did not answer
counter-cause-write_failed = sending failed
counter-cause-garbage = answered wrongly
counter-cause-no_answer = gave no answer
counter-cause-no_sound = makes no sound
counter-cause-no_clips = has no clips to speak
counter-unprinted-unknown = unknown cause
counter-unprinted-may-be-out = may be out
counter-out-title = Did the ticket { $number } come out?
counter-out-hint = It was sent to { $printer }, which did not confirm it. Please look at the paper slot.
counter-out-yes = It came out; do not print again
counter-out-no = It did not; print it again

## The score of the wait quotes
counter-quotes-title = Last week's wait quotes
counter-quotes-reading = Reading…
counter-quotes-explained = Computed from the minutes that customers were told. A range should hold 8 times in 10; renewed every morning.

## The hall's devices
counter-devices-title = Devices of the hall
counter-devices-count = Devices { $count }
counter-devices-keys = Esc back
counter-device-note = { $device }: { $trouble }. { $advice }
counter-device-note-more = { $device }: { $trouble }. { $advice } ({ $more } more, press F10)

## The LED sign
counter-sign-ok = Sign works
counter-sign-unknown = Sign updated
counter-sign-down = Sign does not answer
counter-sign-absent = No sign
counter-sign-paused = Paused
counter-sign-welcome = Welcome

## Banner
counter-stale = The database does not answer; trying again, and updating by itself
counter-stale-since = The database does not answer; trying again. Shown is how it was at { $time }
counter-stale-standby = The database does not answer; as of { $time }. F7 still finishes { $number } and is delivered later
counter-stale-kept = The database does not answer; { $number } is finished, kept on this machine and delivered later
counter-loading = Reading the hall's data

## Call pads, rating pads, scanners
counter-rated = { $number } rated by the customer: { $level }
counter-pad-transfer = Enter the counter to transfer to, then OK
counter-pad-nobody = No ticket can be brought back
counter-pad-unknown = There is no such ticket to call or bring back
counter-pad-which = { $count } tickets can be brought back: enter the number, then OK
counter-pad-waits = { $number } is waiting: press Call within 10 seconds to call it now
counter-pad-several = { $numbers } are waiting: type 1 to { $count }, then OK
counter-pad-question = Please answer the question on the screen first
counter-scan-title = Ticket { $number } ({ $state })
counter-scan-reprint = Print it again
counter-scan-told = Ticket { $number }: { $state }
counter-damaged = Database damaged
counter-damaged-backup = The database is damaged: stop, and call maintenance (last backup: { $taken })
