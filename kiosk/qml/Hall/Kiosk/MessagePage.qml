import QtQuick
import Hall.Shared

// What happened, what it means for the person in front of it, and what happens next.
Item {
    id: page

    required property var view
    required property string icon
    required property string title
    required property string detail
    property string hint: ""
    property bool alarm: false
    property bool canRetry: false
    property bool canGoBack: false
    property bool busy: false
    readonly property var layout: view.layout
    readonly property var theme: view.theme

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -buttons.height / 2
        spacing: page.theme.space.l
        width: Math.min(parent.width, page.theme.size.title * 24)

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            color: page.alarm ? page.theme.color.warn : page.theme.color.action
            name: page.icon
            size: page.theme.size.number * 2.4
        }

        Say {
            bold: true
            horizontalAlignment: Text.AlignHCenter
            objectName: "title"
            step: "number"
            text: page.title
            theme: page.theme
            width: parent.width
        }

        Say {
            horizontalAlignment: Text.AlignHCenter
            step: "large"
            text: page.detail
            theme: page.theme
            visible: text !== ""
            width: parent.width
        }

        Say {
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            step: "large"
            text: page.hint
            theme: page.theme
            visible: text !== ""
            width: parent.width
        }
    }

    Row {
        id: buttons

        anchors.bottom: parent.bottom
        height: page.canRetry || page.canGoBack ? page.layout.action : 0
        spacing: page.layout.gap
        width: parent.width

        BigButton {
            height: parent.height
            icon: "back"
            label: page.view.words["kiosk-back"]
            objectName: "back"
            theme: page.theme
            visible: page.canGoBack
            width: page.canRetry ? (parent.width - parent.spacing) * 0.4 : parent.width
            onTapped: page.view.taps.back()
        }

        BigButton {
            active: !page.busy
            height: parent.height
            icon: "refresh"
            label: page.view.words[page.busy ? "kiosk-retrying" : "kiosk-retry"]
            objectName: "retry"
            primary: true
            theme: page.theme
            visible: page.canRetry
            width: (parent.width - parent.spacing) * 0.6
            onTapped: page.view.taps.retry()
        }
    }
}
