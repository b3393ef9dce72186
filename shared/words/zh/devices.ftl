### 设备
devices-none-found = 没有发现串口或打印机
devices-trying = 正在测试 { $url } …
devices-kind-serial_port = 串口
devices-kind-usb_printer = USB 打印机
devices-kind-network_printer = 网络打印机
devices-result-done = 正常
devices-result-look = 已发送，设备无法自行确认，请看一下它是否打印或显示
devices-result-failed = 没有成功
