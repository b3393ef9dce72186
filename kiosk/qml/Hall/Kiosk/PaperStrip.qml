import QtQuick

// The ticket as it slides out of the printer's slot; without a printer it simply lies there, to be photographed.
Item {
    id: strip

    required property var view
    readonly property var result: view.state.result
    readonly property var theme: view.state.theme
    readonly property bool printed: result.paper === "printing" || result.paper === "printed" || result.paper === "unconfirmed"
    property real out: printed ? 0 : 1
    readonly property real qrSize: Math.min(width - 2 * theme.space.m, height * 0.5)

    NumberAnimation on out {
        duration: strip.theme.moves ? 1200 : 0
        easing.type: Easing.OutCubic
        from: strip.printed ? 0 : 1
        to: 1
    }

    Rectangle {
        id: slot

        anchors.horizontalCenter: parent.horizontalCenter
        color: strip.theme.color.text
        height: strip.theme.space.s
        radius: height / 2
        visible: strip.printed
        width: parent.width
    }

    Item {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.topMargin: slot.height / 2
        clip: true
        height: parent.height - slot.height / 2

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            border.color: strip.theme.color.line
            border.width: Math.max(1, strip.theme.space.xs / 4)
            color: strip.theme.color.paper
            height: parent.height
            width: parent.width - 2 * strip.theme.space.m
            y: (strip.out - 1) * height

            Column {
                anchors.centerIn: parent
                spacing: strip.theme.space.xs
                width: parent.width - 2 * strip.theme.space.s

                Say {
                    color: strip.theme.color.on_paper
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: Text.AlignHCenter
                    step: "small"
                    text: strip.view.state.header.hall
                    theme: strip.theme
                    width: parent.width
                    wrapMode: Text.NoWrap
                }

                Say {
                    bold: true
                    color: strip.theme.color.on_paper
                    horizontalAlignment: Text.AlignHCenter
                    step: "title"
                    text: strip.result.number
                    theme: strip.theme
                    width: parent.width
                }

                Image {
                    anchors.horizontalCenter: parent.horizontalCenter
                    fillMode: Image.PreserveAspectFit
                    height: strip.qrSize
                    objectName: "qr"
                    smooth: false
                    source: strip.result.qr === "" ? "" : "image://qr/" + strip.theme.color.on_paper.slice(1) + "/" + encodeURIComponent(strip.result.qr)
                    sourceSize: Qt.size(strip.qrSize, strip.qrSize)
                    width: strip.qrSize
                }
            }
        }
    }
}
