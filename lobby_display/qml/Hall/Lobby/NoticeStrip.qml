import QtQuick
import Hall.Shared

// A quiet card with one notice at a time. When the data is old it says so here, so that no number moves for it.
Card {
    id: strip

    required property var layout
    required property var picture
    readonly property bool stale: picture.stale !== ""
    readonly property var notice: picture.notice ?? ({
            "title": "",
            "body": "",
            "at": 0,
            "of": 0
        })

    border.color: theme.color.warn
    border.width: stale ? Math.max(2, Math.round(theme.size.body / 14)) : 0

    Row {
        visible: strip.stale
        anchors.fill: parent
        anchors.leftMargin: strip.layout.pad * 1.6
        spacing: strip.layout.pad

        Icon {
            name: "offline"
            color: strip.theme.color.warn
            size: strip.theme.size.large
            anchors.verticalCenter: parent.verticalCenter
        }

        FittingText {
            theme: strip.theme
            text: strip.picture.stale
            color: strip.theme.color.warn
            bold: true
            width: strip.width - 5 * strip.layout.pad - strip.theme.size.large
            height: parent.height
        }
    }

    Item {
        id: page

        visible: !strip.stale
        anchors.fill: parent
        anchors.leftMargin: strip.layout.pad * 1.6
        anchors.rightMargin: strip.layout.pad

        FittingText {
            id: title

            theme: strip.theme
            text: strip.notice.title
            bold: true
            width: strip.layout.portrait ? parent.width - dots.width : Math.min(parent.width * 0.24, strip.theme.size.body * 6)
            height: strip.layout.portrait ? Math.round(strip.theme.size.body * 1.5) : parent.height
        }

        FittingText {
            theme: strip.theme
            text: strip.notice.body
            color: strip.theme.color.text_quiet
            pixels: strip.theme.size.small * 1.1
            leastPixels: strip.theme.size.small * 0.6
            maximumLineCount: 4
            lineHeight: 1.0
            verticalAlignment: strip.layout.portrait ? Text.AlignTop : Text.AlignVCenter
            x: strip.layout.portrait ? 0 : title.width + strip.layout.pad
            y: strip.layout.portrait ? title.height : strip.layout.pad / 4
            width: parent.width - x - (strip.layout.portrait ? 0 : dots.width + strip.layout.pad)
            height: parent.height - y - strip.layout.pad / 4
        }

        PageDots {
            id: dots

            theme: strip.theme
            at: strip.notice.at
            of: strip.notice.of
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: strip.layout.pad
        }

        NumberAnimation {
            id: appear

            target: page
            property: "opacity"
            from: 0
            to: 1
            duration: strip.theme.motion.ms
            easing.type: Easing.OutCubic
        }

        Connections {
            function onNoticeChanged() {
                if (page.shown !== strip.notice.title) {
                    page.shown = strip.notice.title;
                    appear.restart();
                }
            }

            target: strip
        }

        property string shown: ""
    }
}
