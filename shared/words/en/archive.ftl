### Archiving old days, and destroying what may be kept no longer
archive-day = { $day }: archived, compared and verified, then deleted here ({ $tickets ->
    [one] one ticket
   *[other] { $tickets } tickets
})
archive-done = { $days ->
    [0] Nothing is old enough to be archived
    [one] One business day has moved to the archive
   *[other] { $days } business days have moved to the archive
}
archive-day-destroyed = { $day }: destroyed ({ $tickets ->
    [one] one ticket
   *[other] { $tickets } tickets
})
archive-destroyed = { $days ->
    [0] Nothing is old enough to be destroyed
    [one] One business day has been destroyed
   *[other] { $days } business days have been destroyed
}
archive-same-store = This address is the hall's own database. Name another one for the archive; nothing was moved
