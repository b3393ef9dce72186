### 设备
devices-none-found = 没有发现串口或打印机
devices-trying = 正在测试 { $url } …
devices-press-now = 请在十秒内按一个键，或扫一个码
devices-heard = 收到：{ $heard }
devices-kind-serial_port = 串口
devices-kind-usb_printer = USB 打印机
devices-kind-network_printer = 网络打印机
devices-result-done = 正常
devices-result-look = 已发送，设备无法自行确认，请看一看、听一听它是否打印、显示或出声
devices-result-failed = 没有成功
devices-pack-built = 语音片段已生成：{ $folder }
devices-pack-well = { $folder } 可以使用：{ $title }，共 { $clips } 个片段

## 设备状况
devices-name = { $place } { $kind }
devices-device-printer = 打印机
devices-device-sign = 号码屏
devices-device-summary_sign = 汇总屏
devices-device-pad = 按键器
devices-device-scanner = 扫码器
devices-device-voice = 语音播报
devices-state-ok = 正常
devices-state-attention = 注意
devices-state-down = 故障
devices-state-unknown = 状态未知
devices-state-silent = 没有消息
devices-paper-left = 纸将用完，约剩 { $tickets } 张
devices-trouble-silent = { $time } 以后没有消息
devices-trouble-silent-do = 请看这台电脑是否开机，程序是否在运行
devices-look-do = 请看一下它是否工作正常
devices-status-none = 还没有设备报告过状况
devices-column-device = 设备
devices-column-state = 状态
devices-column-since = 开始于
devices-column-trouble = 情况
devices-column-advice = 请这样处理
devices-forgotten = 已删除 { $machine } 的 { $count } 个设备
