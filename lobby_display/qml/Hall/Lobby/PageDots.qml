pragma ComponentBehavior: Bound

import QtQuick

// Which page of how many is shown; nothing when there is only one.
Row {
    id: dots

    required property var theme
    required property int at
    required property int of
    readonly property real dot: Math.max(4, theme.size.small * 0.3)

    visible: of > 1
    spacing: dot

    Repeater {
        model: dots.of

        Rectangle {
            required property int index

            width: dots.dot
            height: dots.dot
            radius: dots.dot / 2
            color: index === dots.at ? dots.theme.color.text : dots.theme.color.line
        }
    }
}
