### The lobby screen and its voice

lobby-title = Calls
lobby-calls = Now calling
lobby-calls-none = Please watch this screen for your number
lobby-waiting = Waiting
lobby-waiting-total = { $people } waiting
lobby-counters = Counters
lobby-paused = Paused
lobby-closed = Closed for today
lobby-closed-hours = Opening hours { $hours }

## The voice: number and counter come spelt out
lobby-voice-called = Number { $number }, please go to counter { $counter }
lobby-voice-recalled = Calling again: number { $number }, please go to counter { $counter }
