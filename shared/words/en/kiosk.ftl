### The ticket machine

## Start page
kiosk-title = Ticket machine
kiosk-choose-service = How can we help you today?
kiosk-choose-booked-service = What is your appointment for?
kiosk-choose-class = Which service suits you?
kiosk-choose-time = What time is your appointment?
kiosk-open-until = Open today until { $time }
kiosk-open-always = Open all day
kiosk-people = { $people } ahead
kiosk-nobody = No queue
kiosk-quote-range = { $low }–{ $high } min
kiosk-quote-within = Under { $high } min
kiosk-quote-soon = Very soon
kiosk-no-counter = No counter open yet
kiosk-help = Senior or accessible
kiosk-appointment = I have an appointment
kiosk-page-before = Previous
kiosk-page-next = More
kiosk-page = { $page } / { $pages }
kiosk-glance-counters = { $counters } { $counters ->
    [one] counter
   *[other] counters
} open
kiosk-glance-no-counters = No counter open yet
kiosk-glance-people = { $people } waiting in all
kiosk-glance-nobody = Nobody is waiting
kiosk-glance-paper = The printer is out of order: please photograph your number
kiosk-glance-standby = Network down: take a ticket as usual, it counts from now on
kiosk-issuing = Getting your number…
kiosk-back = Back

## Priority service
kiosk-class-senior-detail = Larger text, called sooner
kiosk-class-disabled-detail = Difficulty moving, seeing or hearing: called sooner
kiosk-class-other-detail = Called sooner
kiosk-mode-priority = Your ticket: { $class }
kiosk-mode-appointment = Your ticket: Appointment
kiosk-mode-leave = Ordinary ticket
kiosk-time-now = now
kiosk-time-none = No appointment time left today; please ask at the service desk

## After the tap
kiosk-your-number = Your number
kiosk-result-people = { $people } ahead of you
kiosk-result-nobody = Nobody ahead of you
kiosk-result-counter = Watch for counter { $counters }
kiosk-result-counters = Watch for counters { $counters }
kiosk-result-appointed = Appointment at { $time }
kiosk-printing = Printing your ticket…
kiosk-printed = Please take your ticket
kiosk-printed-hint = The screen and the loudspeaker will tell you which counter
kiosk-sent-hint = No paper? Please photograph your number: it is valid
kiosk-no-printer = Please photograph your number
kiosk-print-paper_out = The printer is out of paper. Your number { $number } is valid: please photograph it
kiosk-print-cover_open = The printer's cover is open. Your number { $number } is valid: please photograph it
kiosk-print-offline = The printer is not connected. Your number { $number } is valid: please photograph it
kiosk-print-failed = The printer could not print. Your number { $number } is valid: please photograph it
kiosk-print-hint = The number is all you need; any counter can print a paper ticket for you

## No number yet
kiosk-failed-title = You have no number yet
kiosk-failed-detail =
    This machine cannot reach the queue system.
    Please try again, or take a number at the service desk.
kiosk-refused-detail =
    { $reason }.
    Please go back and choose again, or ask at the service desk.
kiosk-retry = Try again
kiosk-retrying = Trying again…

## When no number can be taken
kiosk-closed-title = We are closed now
kiosk-closed-next = We open { $day } at { $time }
kiosk-closed-hours = Opening hours
kiosk-closed-always = Open all day, except on holidays
kiosk-out-title = This machine is out of service
kiosk-out-detail = It will be back by itself in a moment
kiosk-out-hint = In a hurry? Please take a number at the service desk
kiosk-starting = Just a moment, please
kiosk-today = today
kiosk-tomorrow = tomorrow
kiosk-weekday-0 = Monday
kiosk-weekday-1 = Tuesday
kiosk-weekday-2 = Wednesday
kiosk-weekday-3 = Thursday
kiosk-weekday-4 = Friday
kiosk-weekday-5 = Saturday
kiosk-weekday-6 = Sunday
kiosk-date = { $day }/{ $month }
kiosk-every-day = Every day
kiosk-weekdays = { $first } to { $last }

## Scanning
kiosk-scan-returned = Your number { $number } is back in the queue
kiosk-scan-waiting = Your number { $number } is in the queue
kiosk-scan-called = Please go to counter { $counter }
kiosk-scan-called-detail = Your number { $number } is being served there
kiosk-scan-over = Number { $number }: { $state }
kiosk-scan-over-detail = Please take a new number if you need anything else
kiosk-scan-refused = No valid ticket found
kiosk-scan-hint = Please take a new number, or ask at the service desk
kiosk-scan-unknown = Your ticket cannot be looked up right now
kiosk-scan-unknown-detail = Please scan again in a moment, or ask at the service desk
