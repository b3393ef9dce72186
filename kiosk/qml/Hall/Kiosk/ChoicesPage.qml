pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hall.Shared

// A simple question with a few large answers: which kind of priority.
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property var theme: view.theme

    Question {
        id: question

        view: page.view
        width: parent.width
    }

    GridLayout {
        id: answers

        readonly property real tallest: page.theme.size.body * 18 * rowsUsed + page.layout.gap * (rowsUsed - 1)
        readonly property int rowsUsed: Math.ceil(page.view.state.choices.length / Math.max(1, columns))

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: question.bottom
        anchors.topMargin: page.layout.gap / 2
        columnSpacing: page.layout.gap
        columns: page.layout.landscape ? page.view.state.choices.length : 1
        height: Math.min(tallest, back.y - y - page.layout.gap)
        rowSpacing: page.layout.gap

        Repeater {
            model: page.view.state.choices.length

            Rectangle {
                id: answer

                required property int index
                readonly property var choice: page.view.state.choices[index] ?? {
                    "key": "",
                    "title": "",
                    "detail": "",
                    "icon": ""
                }

                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredHeight: 1
                Layout.preferredWidth: 1
                border.color: area.pressed ? page.theme.color.action : page.theme.color.line
                border.width: Math.max(2, page.theme.space.xs / 3)
                color: area.pressed ? page.theme.color.action_pale : page.theme.color.surface
                radius: page.theme.radius.control * 2

                Column {
                    anchors.centerIn: parent
                    spacing: page.theme.space.s
                    width: parent.width - 2 * page.theme.space.l

                    Icon {
                        anchors.horizontalCenter: parent.horizontalCenter
                        color: page.theme.color.action
                        name: answer.choice.icon
                        size: page.theme.size.number * 1.8
                    }

                    Say {
                        bold: true
                        horizontalAlignment: Text.AlignHCenter
                        step: "title"
                        text: answer.choice.title
                        theme: page.theme
                        width: parent.width
                    }

                    Say {
                        horizontalAlignment: Text.AlignHCenter
                        quiet: true
                        text: answer.choice.detail
                        theme: page.theme
                        width: parent.width
                    }
                }

                MouseArea {
                    id: area

                    anchors.fill: parent
                    objectName: "class-" + answer.choice.key
                    onClicked: page.view.taps.choose_class(answer.choice.key)
                }
            }
        }
    }

    BigButton {
        id: back

        anchors.bottom: parent.bottom
        height: page.layout.action
        icon: "back"
        label: page.view.words["kiosk-back"]
        objectName: "back"
        theme: page.theme
        width: parent.width
        onTapped: page.view.taps.back()
    }
}
