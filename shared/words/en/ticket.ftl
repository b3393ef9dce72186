### The printed ticket

ticket-number = Your number
ticket-people = Ahead of you
ticket-people-value = { $people }
ticket-nobody = nobody
ticket-quote = Expected wait
ticket-quote-range = { $low }–{ $high } min
ticket-quote-within = under { $high } min
ticket-quote-soon = very soon
ticket-appointed = Appointment
ticket-counters = Counters
ticket-counters-value = { $counters }
ticket-issued = Issued
ticket-reprint = Reprint
ticket-scan = Please keep this ticket and watch the screen
ticket-miss = Missed your call? Please tell a clerk
