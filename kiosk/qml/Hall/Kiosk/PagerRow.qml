import QtQuick
import QtQuick.Layouts

// To the previous and the next page of services, and out of a mode where it has no row of its own.
RowLayout {
    id: row

    required property var view
    property bool leavable: false
    readonly property var pager: view.state.pager
    readonly property var theme: view.theme

    spacing: view.layout.gap

    BigButton {
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        icon: "back"
        label: row.view.words["kiosk-mode-leave"]
        objectName: "back"
        step: "body"
        theme: row.theme
        visible: row.leavable
        onTapped: row.view.taps.back()
    }

    BigButton {
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        active: row.pager.page > 0
        icon: "chevron-left"
        label: row.view.words["kiosk-page-before"]
        objectName: "page-before"
        step: "body"
        theme: row.theme
        onTapped: row.view.taps.turn_page(-1)
    }

    Say {
        Layout.minimumWidth: row.theme.size.body * 4
        bold: true
        horizontalAlignment: Text.AlignHCenter
        text: row.pager.label
        theme: row.theme
    }

    BigButton {
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        active: row.pager.page < row.pager.pages - 1
        icon: "chevron-right"
        iconAfter: true
        label: row.view.words["kiosk-page-next"]
        objectName: "page-next"
        step: "body"
        theme: row.theme
        onTapped: row.view.taps.turn_page(1)
    }
}
