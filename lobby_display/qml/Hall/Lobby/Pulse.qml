import QtQuick

// Goes from 0 to 1 and back, three times within three seconds, each time that `trigger` takes a new value above 0.
Item {
    id: pulse

    required property var theme
    required property int trigger
    property real glow: 0
    readonly property alias pulsing: run.running

    function mix(rest: color, lit: color): color {
        const part = pulse.glow;
        return Qt.rgba(rest.r + (lit.r - rest.r) * part, rest.g + (lit.g - rest.g) * part, rest.b + (lit.b - rest.b) * part, 1);
    }

    visible: false
    onTriggerChanged: {
        run.stop();
        pulse.glow = 0;
        if (pulse.trigger > 0 && pulse.theme.motion.pulses > 0)
            run.start();
    }

    SequentialAnimation {
        id: run

        loops: Math.max(1, pulse.theme.motion.pulses)

        NumberAnimation {
            target: pulse
            property: "glow"
            to: 1
            duration: pulse.theme.motion.ms
            easing.type: Easing.OutCubic
        }

        PauseAnimation {
            duration: pulse.theme.motion.pulse_ms / 2 - pulse.theme.motion.ms
        }

        NumberAnimation {
            target: pulse
            property: "glow"
            to: 0
            duration: pulse.theme.motion.ms
            easing.type: Easing.OutCubic
        }

        PauseAnimation {
            duration: pulse.theme.motion.pulse_ms / 2 - pulse.theme.motion.ms
        }
    }
}
