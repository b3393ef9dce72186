import QtQuick

// A panel's title, its pages, and a figure at the right.
Item {
    id: head

    required property var theme
    required property string title
    required property int at
    required property int of
    property string figure: ""

    PlainText {
        id: title

        theme: head.theme
        text: head.title
        bold: true
        height: parent.height
    }

    PageDots {
        theme: head.theme
        at: head.at
        of: head.of
        anchors.left: title.right
        anchors.leftMargin: head.theme.space.m
        anchors.verticalCenter: parent.verticalCenter
    }

    PlainText {
        theme: head.theme
        text: head.figure
        color: head.theme.color.text_quiet
        pixels: head.theme.size.small * 1.1
        height: parent.height
        anchors.right: parent.right
    }
}
