### A head office that follows the halls of other servers
headoffice-published = Head offices can follow this server now: { $halls }. For one that is away, up to { $megabytes } MB of log are kept
headoffice-subscribed = { $name } is followed; its halls are being copied: { $halls }
headoffice-left = { $name } is followed no longer; its halls stay here as they are now
headoffice-slot-left = Its server cannot be reached and still keeps log for us. Drop that there: SELECT pg_drop_replication_slot('{ $slot }')
headoffice-following = { $name }: { $state ->
    [ready] followed
    [copying] the first copy is under way ({ $ready } of { $tables } tables)
   *[away] not connected; what changes there comes later
}{ $heard ->
    [never] {""}
   *[other] , last heard { $heard }
}
headoffice-keeps = { $name }: { $state ->
    [lost] the head office was away for too long and must begin anew: jiaohao head-office rejoin
    [here] connected
   *[away] away, { $megabytes } MB of log are kept for it
}
headoffice-nothing = Nothing is followed here, and nobody follows this server
headoffice-board = All halls
headoffice-column-hall = Hall
headoffice-column-issued = Issued
headoffice-column-waiting = Waiting
headoffice-column-overdue = Over the promise
headoffice-column-longest = Longest wait (minutes)
headoffice-column-open = Counters open
headoffice-column-changed = Last change
headoffice-refused-not_postgres = A head office and its halls need PostgreSQL
headoffice-refused-wal_level = This server keeps no log that a head office can read: set wal_level = logical in postgresql.conf and restart it
headoffice-refused-not_published = That server publishes nothing yet; run there: jiaohao head-office publish
headoffice-refused-known_hall = This database holds rows of these halls already; to copy them anew: jiaohao head-office rejoin
headoffice-refused-known_subscription = This name is followed already; jiaohao head-office status shows it
headoffice-refused-unknown_subscription = Nothing of this name is followed; jiaohao head-office status shows what is
headoffice-refused-name = A name is of small letters, digits and underscores, and begins with a letter
headoffice-refused-same_server = A server cannot follow itself: the head office needs a PostgreSQL server of its own
