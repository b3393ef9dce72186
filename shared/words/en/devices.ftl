### Devices
