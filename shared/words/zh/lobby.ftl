### 大厅显示屏与语音

lobby-title = 叫号显示
lobby-calls = 正在叫号
lobby-calls-none = 请留意屏幕叫号
lobby-waiting = 等候
lobby-waiting-total = 等候 { $people } 人
lobby-counters = 窗口
lobby-paused = 暂停
lobby-closed = 今日营业已结束
lobby-closed-hours = 营业时间 { $hours }

## 语音：号码与窗口已逐字写成读音
lobby-voice-called = 请{ $number }号，到{ $counter }号窗口
lobby-voice-recalled = 再次呼叫，请{ $number }号，到{ $counter }号窗口
