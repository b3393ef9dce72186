import QtQuick

// The hall's name, the date and the time.
Item {
    id: head

    required property var theme
    required property var layout
    required property var picture

    NumberText {
        id: time

        theme: head.theme
        text: head.picture.time
        pixels: head.layout.portrait ? head.theme.size.large : head.theme.size.title
        color: head.theme.color.text
        anchors.right: parent.right
        anchors.rightMargin: head.layout.portrait ? head.layout.pad / 2 : head.layout.pad
        anchors.verticalCenter: parent.verticalCenter
    }

    Column {
        anchors.left: parent.left
        anchors.leftMargin: head.layout.portrait ? head.layout.pad / 2 : head.layout.pad
        anchors.right: time.left
        anchors.rightMargin: head.layout.pad
        anchors.verticalCenter: parent.verticalCenter

        FittingText {
            theme: head.theme
            text: head.picture.hall
            pixels: head.layout.portrait ? head.theme.size.body : head.theme.size.small
            bold: true
            width: parent.width
            height: head.layout.portrait ? head.height * 0.56 : head.height * 0.5
        }

        PlainText {
            theme: head.theme
            text: head.picture.date
            pixels: head.theme.size.small
            color: head.theme.color.text_quiet
            width: parent.width
            height: head.height * 0.4
        }
    }
}
