pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A service: its name, who waits and for how long, before the tap. The whole card is the target.
Rectangle {
    id: card

    required property var view
    required property var service
    readonly property var theme: view.theme
    readonly property bool marked: area.pressed || service.asking
    // A tall card has its icon beside three lines, a low one beside the name alone, a long one is a single row.
    readonly property bool tall: height > theme.size.body * 6.5 && !view.state.senior
    readonly property bool english: view.state.language === "en"
    readonly property bool long: !tall && width > theme.size.body * (english ? 26 : 20)
    readonly property bool informed: service.people !== "" || service.asking

    signal tapped

    border.color: marked ? theme.color.action : theme.color.line
    border.width: marked ? Math.max(3, theme.space.xs * 0.6) : Math.max(1, theme.space.xs / 4)
    color: marked ? theme.color.action_pale : theme.color.surface
    radius: Math.max(theme.radius.control, theme.radius.ratio * Math.min(width, height) * 3)

    Loader {
        anchors.fill: parent
        anchors.leftMargin: card.theme.space.m
        anchors.rightMargin: card.theme.space.m
        sourceComponent: card.tall ? tallCard : card.long ? longCard : lowCard
    }

    Component {
        id: tallCard

        RowLayout {
            spacing: card.theme.space.m

            CardTile {
                owner: card
                side: Math.min(card.theme.size.body * 4, card.height * 0.5, card.width * 0.22)
            }

            ColumnLayout {
                Layout.fillHeight: true
                Layout.fillWidth: true
                spacing: 0

                Item {
                    Layout.fillHeight: true
                }

                CardName {
                    Layout.fillWidth: true
                    Layout.maximumHeight: Math.min(tallest, card.height * 0.92 - (card.informed ? 2 * people.implicitHeight : 0))
                    service: card.service
                    step: card.height > card.theme.size.body * 8.5 && !card.english ? "title" : "large"
                    theme: card.theme
                }

                CardPeople {
                    id: people

                    Layout.fillWidth: true
                    service: card.service
                    visible: card.informed
                    view: card.view
                }

                CardQuote {
                    Layout.fillWidth: true
                    service: card.service
                    theme: card.theme
                    visible: card.informed
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }

    Component {
        id: longCard

        RowLayout {
            spacing: card.theme.space.s

            CardTile {
                owner: card
                side: Math.min(card.theme.size.body * 2.2, card.height * 0.6)
            }

            CardName {
                Layout.fillHeight: true
                Layout.fillWidth: true
                service: card.service
                step: "large"
                theme: card.theme
            }

            CardPeople {
                service: card.service
                view: card.view
                visible: card.informed
            }

            CardQuote {
                service: card.service
                theme: card.theme
                visible: card.informed && text !== ""
            }
        }
    }

    Component {
        id: lowCard

        ColumnLayout {
            spacing: 0

            RowLayout {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.topMargin: card.height * 0.06
                spacing: card.theme.space.s

                CardTile {
                    owner: card
                    side: Math.min(card.theme.size.body * 2.2, card.height * 0.42)
                }

                CardName {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    service: card.service
                    step: card.english && !card.view.state.senior ? "body" : "large"
                    theme: card.theme
                }
            }

            RowLayout {
                Layout.bottomMargin: card.height * 0.06
                Layout.fillWidth: true
                spacing: card.theme.space.s
                visible: card.informed

                CardPeople {
                    service: card.service
                    view: card.view
                }

                CardQuote {
                    Layout.fillWidth: true
                    Layout.maximumHeight: implicitHeight
                    service: card.service
                    theme: card.theme
                }
            }
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        objectName: "service-" + card.service.key
        onClicked: card.tapped()
    }
}
