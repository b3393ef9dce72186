import QtQuick

// The ticket as it slides out of the printer's slot; without a printer it simply lies there, to be photographed.
Item {
    id: strip

    required property var view
    readonly property var result: view.state.result
    readonly property var theme: view.theme
    readonly property bool slides: result.paper === "printing" || result.paper === "printed" || result.paper === "unconfirmed"
    readonly property real paperWidth: Math.min(width - 2 * theme.space.m, height * 0.85)
    property real out: 1

    // The page stays built from one customer to the next: the paper of each number comes out anew.
    readonly property string comingOut: slides && theme.moves ? result.number : ""

    onComingOutChanged: {
        slide.stop();
        out = 1;
        if (comingOut !== "")
            slide.start();
    }

    NumberAnimation {
        id: slide

        duration: 1200
        easing.type: Easing.OutCubic
        from: 0
        property: "out"
        target: strip
        to: 1
    }

    Rectangle {
        id: slot

        anchors.horizontalCenter: parent.horizontalCenter
        color: strip.theme.color.text
        height: strip.theme.space.s
        radius: height / 2
        visible: strip.slides
        width: strip.paperWidth + 2 * strip.theme.space.m
    }

    Item {
        anchors.fill: parent
        anchors.topMargin: slot.height / 2
        clip: true

        Rectangle {
            id: paper

            anchors.horizontalCenter: parent.horizontalCenter
            border.color: strip.theme.color.line
            border.width: Math.max(1, strip.theme.space.xs / 4)
            color: strip.theme.color.paper
            height: parent.height
            width: strip.paperWidth
            y: (strip.out - 1) * height

            Column {
                id: printed

                readonly property real side: Math.min(paper.width * 0.62, paper.height * 0.58)

                anchors.centerIn: parent
                spacing: strip.theme.space.xs
                width: paper.width - 2 * strip.theme.space.s

                Say {
                    bold: true
                    color: strip.theme.color.on_paper
                    font.pixelSize: Math.max(1, paper.height * 0.16)
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: Text.AlignHCenter
                    lineHeight: 0.9
                    text: strip.result.number
                    theme: strip.theme
                    width: parent.width
                    wrapMode: Text.NoWrap
                }

                Image {
                    anchors.horizontalCenter: parent.horizontalCenter
                    fillMode: Image.Pad
                    height: printed.side
                    horizontalAlignment: Image.AlignHCenter
                    objectName: "qr"
                    source: strip.result.qr === "" ? "" : "image://qr/" + strip.theme.color.on_paper.slice(1) + "/" + encodeURIComponent(strip.result.qr)
                    sourceSize: Qt.size(Math.max(1, printed.side), Math.max(1, printed.side))
                    verticalAlignment: Image.AlignVCenter
                    width: printed.side
                }
            }
        }
    }
}
