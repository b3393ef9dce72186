pragma ComponentBehavior: Bound

import QtQuick
import Hall.Shared

// Who waits and how long, by service.
Card {
    id: panel

    required property var layout
    required property var words
    required property var picture

    PanelHead {
        id: head

        theme: panel.theme
        title: panel.words["lobby-waiting"]
        at: panel.picture.waiting_page.at
        of: panel.picture.waiting_page.of
        figure: panel.picture.waiting_total
        x: panel.layout.pad
        y: Math.round(panel.layout.pad * 0.3)
        height: panel.layout.panel_head_px
        width: parent.width - 2 * panel.layout.pad
    }

    Column {
        x: panel.layout.pad
        y: head.y + head.height
        width: parent.width - 2 * panel.layout.pad

        Repeater {
            model: panel.picture.waiting.length

            Item {
                id: line

                required property int index
                readonly property var row: panel.picture.waiting[index] ?? ({
                        "name": "",
                        "people": "",
                        "quote": ""
                    })

                width: parent.width
                height: panel.layout.waiting_row_px

                Rectangle {
                    width: parent.width
                    height: Math.max(1, Math.round(panel.theme.size.body / 32))
                    color: panel.theme.color.line
                }

                FittingText {
                    theme: panel.theme
                    text: line.row.name
                    pixels: panel.layout.name_px
                    anchors.left: parent.left
                    anchors.right: people.left
                    anchors.rightMargin: panel.layout.pad / 2
                    height: parent.height
                }

                Item {
                    id: people

                    width: panel.layout.people_px
                    height: parent.height
                    anchors.right: quote.left

                    Icon {
                        name: "person"
                        color: panel.theme.color.text_quiet
                        size: panel.theme.size.small
                        anchors.verticalCenter: parent.verticalCenter
                    }

                    PlainText {
                        theme: panel.theme
                        text: line.row.people
                        bold: true
                        height: parent.height
                        anchors.right: parent.right
                    }
                }

                FittingText {
                    id: quote

                    theme: panel.theme
                    text: line.row.quote
                    pixels: panel.theme.size.small
                    color: panel.theme.color.text_quiet
                    maximumLineCount: 1
                    horizontalAlignment: Text.AlignRight
                    width: panel.layout.quote_px
                    height: parent.height
                    anchors.right: parent.right
                }
            }
        }
    }
}
