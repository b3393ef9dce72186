### Devices
devices-none-found = No serial port and no printer was found
devices-trying = Trying { $url } …
devices-kind-serial_port = Serial port
devices-kind-usb_printer = USB printer
devices-kind-network_printer = Network printer
devices-result-done = It works
devices-result-look = Sent; the device cannot confirm it, so please look whether it printed or lit
devices-result-failed = It did not work
