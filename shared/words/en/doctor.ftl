### jiaohao doctor: what is wrong on this machine and in its hall, and what to do

doctor-status-ok = √ ok
doctor-status-warn = ! warning
doctor-status-fault = × FAULT

doctor-check-python = Python
doctor-check-packages = packages
doctor-check-settings = settings
doctor-check-qt = Qt
doctor-check-screen = screen
doctor-check-fonts = fonts
doctor-check-disk = disk
doctor-check-data-folder = data folder
doctor-check-log-folder = log folder
doctor-check-store = database
doctor-check-schema = schema
doctor-check-hall = hall
doctor-check-zone = time zone
doctor-check-clerks = clerks
doctor-check-clock = clock
doctor-check-server-clock = database clock
doctor-check-standbys = second server
doctor-check-standby = kept on this machine
doctor-check-journal = journal
doctor-check-verify = ticket log
doctor-check-printer = printer
doctor-check-sign = sign
doctor-check-summary-sign = summary sign
doctor-check-devices = Hall's devices
doctor-check-voice = voice

doctor-python = { $version } ({ $place })
doctor-packages = { $versions }
doctor-packages-missing = Not installed: { $names }
doctor-packages-missing-do = Install the programs anew, with all they need
doctor-settings = { $path }
doctor-settings-do = Correct it, then look again: the rest of the hall could not be looked at
doctor-settings-none = There is no { $path }: every setting has its default
doctor-qt = { $version }
doctor-qt-fails = Qt does not load: { $trouble }
doctor-qt-libraries = Install the system's libraries (Debian, Ubuntu): sudo apt install { $packages }
doctor-qt-crashes = Qt { $version } is known to crash on Python { $python }
doctor-qt-crashes-do = Install PySide6-Essentials 6.11, or use Python 3.12 or newer
doctor-screen = { $name }, { $width }×{ $height } pixels
doctor-screen-none = There is no screen: kiosk, counter terminal and lobby cannot be shown
doctor-screen-none-do = Run it on a desktop with a screen, or set DISPLAY
doctor-screen-inches-do = The screen does not say how large it is: set screen_inches, its diagonal, in the settings
doctor-screen-fails = No window can be opened: { $trouble }
doctor-screen-libraries = Check the display server, and install (Debian, Ubuntu): sudo apt install { $packages }
doctor-fonts = { $name }
doctor-fonts-fail = The font { $place } cannot be read: { $trouble }
doctor-fonts-do = Install the programs anew, or install fonts-noto-cjk
doctor-disk = { $folder }: { $gigabytes } GB free
doctor-disk-do = Free some space; without any, no ticket can be issued
doctor-folder = { $folder } can be written
doctor-folder-fails = { $folder } cannot be written: { $trouble }
doctor-folder-fails-do = Let the user of these programs write this folder

doctor-store = { $place }, answered in { $milliseconds } ms
doctor-store-there = { $place } can be reached
doctor-store-missing = There is no database file { $place }
doctor-store-missing-do = Run jiaohao init, or name an existing database with --database
doctor-store-unreachable-do = Check the database's address, whether its server runs, the network and the firewall
doctor-store-locked-do = Another program keeps the database busy: look again later, or close that program
doctor-store-disk_full-do = Free space on the database's disk
doctor-store-read_only-do = Let the user of these programs write the database file and its folder
doctor-store-damaged-do = Stop the programs, and restore the database file from the latest backup
doctor-store-no_schema-do = Run jiaohao init
doctor-store-newer_schema-do = Update the programs on this machine to the version of the others
doctor-store-clock-do = Set the machine's clock, and switch on automatic time
doctor-schema = as these programs expect
doctor-hall =
    { $name } ({ $hall }), version { $version }, { $services ->
        [one] one service
       *[other] { $services } services
    }, { $counters ->
        [one] one counter
       *[other] { $counters } counters
    }
doctor-hall-unknown-do = Run jiaohao init HALL.toml, or name the hall with --hall
doctor-hall-no-counter = { $name } has no counter { $counter }
doctor-hall-no-counter-do = Set counter, in the settings, to one of { $known }
doctor-clerks =
    { $count ->
        [one] one clerk
       *[other] { $count } clerks
    }
doctor-clerks-none = There is no clerk yet: nobody can log in at a counter
doctor-clerks-none-do = Run jiaohao clerk add BADGE --name NAME
doctor-clock = { $now }
doctor-clock-behind = This machine's time, { $now }, is earlier than the hall's log (business day { $day })
doctor-clock-do = Set the machine's clock, and switch on automatic time
doctor-zone-unknown = This machine does not know the time zone { $name }
doctor-zone-do = Install the package tzdata, or correct timezone in the hall's description
doctor-server-clock = This machine and the database are { $seconds } s apart
doctor-standbys = synchronous_standby_names is { $names }: { $there } in step
doctor-standbys-missing = Every change waits for { $wanted } second server(s) ({ $names }), and { $there } in step: tickets and calls hang
doctor-standbys-missing-do = Start the second server; or, on the database: ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf();
doctor-standby-waits =
    { $count ->
        [one] one entry waits for the database since { $since } ({ $file })
       *[other] { $count } entries wait for the database since { $since } ({ $file })
    }
doctor-standby-waits-do = Start this machine's program while the database answers: all is delivered within a minute. Do not delete the file
doctor-standby-aside = { $numbers } could not be delivered and stay in { $file }
doctor-standby-aside-do = Call these customers by voice; start the program once more, and if it stays so send the file and the log to the maintainers
doctor-standby-fails = { $file } cannot be read: { $fault }
doctor-standby-fails-do = Copy the file to a safe place before anything else; what was kept in it is on the paper tickets only
doctor-journal = WAL: screens read while tickets are issued
doctor-journal-other = { $mode } instead of WAL: screens and counters keep each other waiting
doctor-journal-other-do = Move the database to a local disk; a network folder cannot share it safely
doctor-verify =
    Log and tables agree, { $events ->
        [one] one event
       *[other] { $events } events
    }
doctor-verify-long = Not checked: { $events } events take a while
doctor-verify-long-do = Run jiaohao verify when the hall is quiet
doctor-verify-fails =
    { $count ->
        [one] One difference
       *[other] { $count } differences
    } between log and tables: { $first }
doctor-verify-fails-do = Copy the database before anything else, then see them all with jiaohao verify
doctor-devices = { $count ->
    [one] One device, well
   *[other] { $count } devices, all well
}
doctor-devices-one = { $device }: { $trouble }

doctor-printer-none = No printer is set: numbers show on the screen alone
doctor-printer-none-do = To print, set printer in the settings, for example escpos+tcp://192.168.1.50:9100
doctor-sign-none = No sign is set
doctor-sign-none-do = For one, set sign in the settings, for example sign+serial:///dev/ttyUSB0
doctor-voice = it plays ({ $player })
doctor-voice-none = set to silent: calls flash on the screen only
doctor-voice-unwell = { $cause } ({ $detail }); calls flash on the screen only
doctor-address-do = Correct the device's address in the settings
doctor-device-well = { $url } is well
doctor-device-unknown = { $url }: unknown. { $cause }
doctor-device-unwell = { $url }: { $cause }

doctor-cause-paper_out = out of paper
doctor-cause-paper_out-do = Put in a new roll
doctor-cause-paper_low = paper is running low
doctor-cause-paper_low-do = Have a new roll at hand
doctor-cause-cover_open = the cover is open
doctor-cause-cover_open-do = Close the cover
doctor-cause-cutter_error = the cutter is jammed
doctor-cause-cutter_error-do = Switch it off, take the paper out, switch it on
doctor-cause-mechanical_error = a mechanical fault
doctor-cause-mechanical_error-do = Switch it off and on; if that does not help, call for repair
doctor-cause-offline = it is offline
doctor-cause-offline-do = Press the device's online button
doctor-cause-unreachable = cannot be reached
doctor-cause-unreachable-do = Check its power, its cable and its address
doctor-cause-busy = in use by another program
doctor-cause-busy-do = That is right while the kiosk, terminal or lobby that uses it runs; else close the program that holds it
doctor-cause-no_permission = this account may not use it
doctor-cause-no_permission-do = Add the account to the group dialout (serial ports) or lp (printers), and log in again
doctor-cause-timeout = no answer in time
doctor-cause-timeout-do = Switch it off and on, and check its cable
doctor-cause-write_failed = no data can be sent
doctor-cause-write_failed-do = Check the cable, and the folder's permissions
doctor-cause-garbage = its answers make no sense
doctor-cause-garbage-do = Check baud rate and wiring, and that it speaks ESC/POS
doctor-cause-no_answer = connected, but the device cannot say how it is
doctor-cause-no_answer-do = Print a ticket and see
doctor-cause-no_sound = no sound: no device or no program that plays
doctor-cause-no_sound-do = Connect a loudspeaker and check the system's sound; on Linux install pulseaudio-utils or alsa-utils; set voice = "none" where nobody shall speak
doctor-cause-no_clips = the clips that are spoken cannot be used
doctor-cause-no_clips-do = Install espeakng-loader, or set voice_pack to a folder of recorded clips

doctor-check-backup = Backup
doctor-check-whole = Database file
doctor-backup = the last one is of { $taken } ({ $folder })
doctor-backup-old = the last one is as old as { $taken } ({ $folder })
doctor-backup-none = there is none in { $folder }
doctor-backup-do = Run jiaohao backup; the programs make one a day, see the settings backup_folder and backups_kept
doctor-whole = the file is whole
