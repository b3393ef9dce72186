### Devices
devices-none-found = No serial port and no printer was found
devices-trying = Trying { $url } …
devices-press-now = Press a key or scan a code within ten seconds
devices-heard = Heard: { $heard }
devices-kind-serial_port = Serial port
devices-kind-usb_printer = USB printer
devices-kind-network_printer = Network printer
devices-result-done = It works
devices-result-look = Sent; the device cannot confirm it, so please look and listen whether it printed, lit or spoke
devices-result-failed = It did not work
devices-pack-built = The clips were made in { $folder }
devices-pack-well = { $folder } is fine: { $title }, { $clips } clips

## The devices' health
devices-name = { $place } { $kind }
devices-device-printer = printer
devices-device-sign = sign
devices-device-summary_sign = summary sign
devices-device-pad = keypad
devices-device-scanner = scanner
devices-device-voice = voice
devices-state-ok = Fine
devices-state-attention = Attention
devices-state-down = Fault
devices-state-unknown = Unknown
devices-state-silent = Silent
devices-paper-left = Paper low, about { $tickets } tickets left
devices-trouble-silent = Not heard of since { $time }
devices-trouble-silent-do = Please look whether this computer is on and its program runs
devices-look-do = Look whether it works
devices-status-none = No device has told how it is yet
devices-column-device = Device
devices-column-state = State
devices-column-since = Since
devices-column-trouble = What is wrong
devices-column-advice = What to do
devices-forgotten = Removed { $count } devices of { $machine }
