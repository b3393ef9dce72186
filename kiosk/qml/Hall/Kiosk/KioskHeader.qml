import QtQuick
import QtQuick.Layouts

// The hall, the time, how long it is open, and the other language one tap away.
RowLayout {
    id: header

    required property var view
    readonly property var shown: view.state.header
    readonly property var theme: view.theme

    height: view.layout.header
    spacing: theme.space.l

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        Say {
            Layout.fillWidth: true
            Layout.maximumHeight: header.height * 0.55
            Layout.preferredHeight: header.theme.size.large * 1.5
            bold: true
            fontSizeMode: Text.Fit
            step: "large"
            text: header.shown.hall
            theme: header.theme
            verticalAlignment: Text.AlignVCenter
        }

        Say {
            Layout.fillWidth: true
            quiet: true
            step: "small"
            text: header.shown.hours
            theme: header.theme
            visible: text !== "" && !header.view.state.senior
        }
    }

    Say {
        bold: true
        step: header.view.state.senior ? "large" : "title"
        text: header.shown.clock
        theme: header.theme
        wrapMode: Text.NoWrap
    }

    BigButton {
        Layout.preferredHeight: header.view.layout.touch
        Layout.preferredWidth: Math.max(implicitWidth, header.view.layout.touch * 1.6)
        icon: "globe"
        label: header.shown.other_language
        objectName: "language"
        step: "body"
        theme: header.theme
        onTapped: header.view.taps.switch_language()
    }
}
