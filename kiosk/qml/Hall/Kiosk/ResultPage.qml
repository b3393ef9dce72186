import QtQuick
import QtQuick.Layouts

// The number, as large as the screen allows; what it means; the paper as it comes.
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property var result: view.state.result
    readonly property var theme: view.theme

    GridLayout {
        anchors.bottom: foot.top
        anchors.bottomMargin: page.layout.gap
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        columnSpacing: page.layout.gap
        columns: page.layout.landscape ? 2 : 1
        rowSpacing: page.layout.gap

        NumberCard {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredHeight: 60
            Layout.preferredWidth: 62
            view: page.view
        }

        GridLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredHeight: 40
            Layout.preferredWidth: 38
            columnSpacing: page.layout.gap
            columns: page.layout.landscape ? 1 : 2
            rowSpacing: page.layout.gap

            PaperStrip {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 45
                view: page.view
            }

            PaperNote {
                Layout.fillWidth: true
                Layout.preferredWidth: 55
                columns: page.layout.landscape ? 2 : 1
                view: page.view
            }
        }
    }

    Column {
        id: foot

        anchors.bottom: parent.bottom
        spacing: page.theme.space.s
        width: parent.width

        StayBar {
            stayMs: page.result.stay_ms
            theme: page.theme
            width: parent.width
        }

        BigButton {
            height: page.layout.action
            icon: "back"
            label: page.view.words["kiosk-back"]
            objectName: "back"
            theme: page.theme
            width: parent.width
            onTapped: page.view.taps.back()
        }
    }
}
