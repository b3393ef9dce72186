pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The start page: one question, a card a service, help and appointments, the hall at a glance.
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property var theme: view.theme
    readonly property bool ordinary: view.state.mode === ""
    readonly property bool paged: view.state.pager.pages > 1
    // Out of sight the page keeps its cards: to build them anew takes longer than a finger should wait.
    readonly property var given: view.state.page === "services" ? view.state.cards : null
    property var kept: []

    onGivenChanged: {
        if (given !== null)
            kept = given;
    }
    Component.onCompleted: kept = given ?? []
    readonly property bool shared: paged && layout.pager === 0

    RowLayout {
        id: top

        height: page.layout.question
        spacing: page.theme.space.m
        width: parent.width

        Question {
            Layout.fillHeight: true
            Layout.fillWidth: true
            view: page.view
        }

        ModeBadge {
            Layout.maximumWidth: page.width * 0.4
            view: page.view
        }
    }

    Grid {
        id: cards

        anchors.top: top.bottom
        anchors.topMargin: page.layout.gap / 2
        columnSpacing: page.layout.gap
        columns: page.layout.columns
        rowSpacing: page.layout.gap
        width: parent.width

        Repeater {
            model: page.kept.length

            ServiceCard {
                required property int index

                height: page.layout.card_height
                service: page.kept[index] ?? {
                    "key": "",
                    "name": "",
                    "icon": "",
                    "people": "",
                    "quote": "",
                    "asking": false
                }
                view: page.view
                width: (cards.width - (cards.columns - 1) * cards.columnSpacing) / cards.columns
                onTapped: page.view.taps.choose_service(service.key)
            }
        }
    }

    Column {
        anchors.bottom: parent.bottom
        spacing: page.layout.gap
        width: parent.width

        PagerRow {
            leavable: page.shared
            height: page.shared ? page.layout.action : page.layout.pager
            view: page.view
            visible: page.paged
            width: parent.width
        }

        RowLayout {
            height: page.layout.action
            spacing: page.layout.gap
            visible: !page.shared
            width: parent.width

            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                icon: "accessible"
                label: page.view.words["kiosk-help"]
                objectName: "help"
                theme: page.theme
                visible: page.view.state.offers_help
                onTapped: page.view.taps.choose_help()
            }

            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                icon: "calendar"
                label: page.view.words["kiosk-appointment"]
                objectName: "appointment"
                theme: page.theme
                visible: page.view.state.offers_appointment
                onTapped: page.view.taps.choose_appointment()
            }

            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                icon: "back"
                label: page.view.words["kiosk-mode-leave"]
                objectName: "back"
                theme: page.theme
                visible: !page.ordinary
                onTapped: page.view.taps.back()
            }
        }

        GlanceLine {
            view: page.view
            visible: !page.view.state.senior
            width: parent.width
        }
    }
}
