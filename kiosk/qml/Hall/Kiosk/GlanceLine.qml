import QtQuick
import QtQuick.Layouts
import Hall.Shared

// The hall in one line, and what to know about the paper before taking a number.
RowLayout {
    id: line

    required property var view
    readonly property var glance: view.state.glance
    readonly property var theme: view.theme
    // On a narrow screen what went wrong needs the whole line.
    readonly property bool crowded: glance.notice !== "" && !view.layout.landscape

    height: view.layout.glance
    spacing: theme.space.s

    Icon {
        color: line.glance.open ? line.theme.color.ok : line.theme.color.text_quiet
        name: line.glance.open ? "check-circle" : "clock"
        size: line.theme.size.body * 1.1
        visible: line.glance.counters !== "" && !line.crowded
    }

    Say {
        text: line.glance.counters
        theme: line.theme
        visible: text !== "" && !line.crowded
        wrapMode: Text.NoWrap
    }

    Item {
        Layout.preferredWidth: line.theme.space.s
        visible: !line.crowded
    }

    Icon {
        color: line.theme.color.text_quiet
        name: "people"
        size: line.theme.size.body * 1.1
        visible: line.glance.people !== "" && !line.crowded
    }

    Say {
        text: line.glance.people
        theme: line.theme
        visible: text !== "" && !line.crowded
        wrapMode: Text.NoWrap
    }

    Item {
        Layout.fillWidth: true
        visible: !line.crowded
    }

    Icon {
        color: line.theme.color.warn
        name: line.glance.icon
        size: line.theme.size.body * 1.1
        visible: line.glance.notice !== ""
    }

    Say {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumWidth: Math.ceil(implicitWidth)
        color: line.theme.color.warn
        fontSizeMode: Text.Fit
        text: line.glance.notice
        theme: line.theme
        verticalAlignment: Text.AlignVCenter
        visible: text !== ""
    }
}
