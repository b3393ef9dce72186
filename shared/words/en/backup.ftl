### Backup and restore
backup-made = Backed up and verified: { $file } ({ $megabytes } MB, { $days ->
    [one] { $days } business day
   *[other] { $days } business days
}, { $tickets ->
    [one] { $tickets } ticket
   *[other] { $tickets } tickets
})
backup-removed = Removed { $count ->
    [one] { $count } old backup
   *[other] { $count } old backups
}
backup-none = There is no backup in { $folder }
backup-line = { $taken }  { $megabytes } MB  { $file }
backup-restored = The hall is as it was at the backup: { $days ->
    [one] { $days } business day
   *[other] { $days } business days
}, { $tickets ->
    [one] { $tickets } ticket
   *[other] { $tickets } tickets
}
backup-restored-after = Tickets taken after the backup are not in it: call those by voice, and let the customers take new ones
backup-next-numbers = { $hall }: today goes on with { $numbers }, above all numbers that may be in customers' hands
backup-kept = What was there before is kept in { $file }
backup-refused-not_empty = There is a hall already. To replace it, add --replace; what is there will be kept aside
backup-refused-in_use = A program works with the database file: end kiosk, counter terminals and lobby first, then restore
backup-refused-no_backup = There is no such backup; jiaohao backups lists those that there are
backup-refused-not_a_backup = This file is no backup of Jiaohao
backup-offer = The last good backup is of { $taken }. End all programs, then run: jiaohao restore --latest --replace
backup-offer-none = There is no backup in { $folder }
backup-stage-copy = Copying
backup-stage-check = Verifying
backup-stage-keep_aside = Keeping the old content
backup-stage-bring_back = Bringing back
