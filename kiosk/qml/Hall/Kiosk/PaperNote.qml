import QtQuick
import QtQuick.Layouts
import Hall.Shared

// What becomes of the paper, in words and a sign; when there is none, why, and what to do instead.
GridLayout {
    id: note

    required property var view
    readonly property var result: view.state.result
    readonly property var theme: view.theme
    readonly property bool failed: result.paper === "failed"
    readonly property bool senior: view.state.senior
    readonly property var icons: ({
            "none": "camera",
            "printing": "printer",
            "printed": "check-circle",
            "unconfirmed": "camera",
            "failed": "paper-out"
        })

    columnSpacing: theme.space.m
    rowSpacing: theme.space.s

    Icon {
        Layout.alignment: Qt.AlignTop
        color: note.failed ? note.theme.color.danger : note.result.paper === "printed" ? note.theme.color.ok : note.theme.color.action
        name: note.icons[note.result.paper]
        size: note.theme.size.title * 1.4
    }

    Column {
        Layout.fillWidth: true
        spacing: note.theme.space.xs

        Say {
            bold: true
            color: note.failed ? note.theme.color.danger : note.theme.color.text
            objectName: "message"
            step: note.failed && note.senior ? "body" : note.failed || note.senior || note.columns > 1 ? "large" : "title"
            text: note.result.message
            theme: note.theme
            width: parent.width
        }

        Say {
            quiet: true
            text: note.result.hint
            theme: note.theme
            visible: text !== "" && !note.senior
            width: parent.width
        }
    }
}
