pragma ComponentBehavior: Bound

import QtQuick

// The kiosk's window: the header, and one page at a time that comes in softly.
Window {
    id: window

    required property var view
    readonly property var layout: shown.layout
    readonly property var theme: shown.theme
    readonly property string page: shown.state.page

    color: theme.color.ground
    height: 1920
    title: shown.words["kiosk-title"]
    width: 1080

    onHeightChanged: view.resize(width, height)
    onPageChanged: entrance.restart()
    onWidthChanged: view.resize(width, height)

    Shown {
        id: shown

        taps: window.view
    }

    Item {
        anchors.fill: parent
        anchors.margins: window.layout.margin

        TapHandler {
            onPressedChanged: window.view.touched()
        }

        HoverHandler {
            cursorShape: window.visibility === Window.FullScreen ? Qt.BlankCursor : Qt.ArrowCursor
        }

        KioskHeader {
            id: header

            view: shown
            width: parent.width
        }

        // The two pages that every visit passes stay as they are, out of sight: to build one takes longer than a finger
        // or a printer should wait. The others are built when they are wanted.
        Item {
            id: pages

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: header.bottom
            anchors.topMargin: window.layout.gap / 2

            ServicesPage {
                anchors.fill: parent
                view: shown
                visible: window.page === "services"
            }

            ResultPage {
                anchors.fill: parent
                view: shown
                visible: window.page === "result"
            }

            Loader {
                anchors.fill: parent
                sourceComponent: ({
                        "classes": classes,
                        "times": times,
                        "failed": failed,
                        "checked": checked,
                        "closed": closed,
                        "out_of_service": outOfService,
                        "starting": starting
                    })[window.page] ?? null
            }

            NumberAnimation on opacity {
                id: entrance

                duration: window.theme.motion.ms
                easing.type: Easing.OutCubic
                from: 0
                to: 1
            }
        }
    }

    Component {
        id: classes

        ChoicesPage {
            view: shown
        }
    }

    Component {
        id: times

        TimesPage {
            view: shown
        }
    }

    Component {
        id: failed

        MessagePage {
            alarm: true
            busy: shown.state.failure.asking
            canGoBack: true
            canRetry: shown.state.failure.can_retry
            detail: shown.state.failure.detail
            icon: "offline"
            title: shown.state.failure.title
            view: shown
        }
    }

    Component {
        id: checked

        MessagePage {
            alarm: shown.state.checked.alarm
            canGoBack: true
            detail: shown.state.checked.detail
            hint: shown.state.checked.hint
            icon: shown.state.checked.icon
            title: shown.state.checked.title
            view: shown
        }
    }

    Component {
        id: closed

        ClosedPage {
            view: shown
        }
    }

    Component {
        id: outOfService

        MessagePage {
            alarm: true
            detail: shown.words["kiosk-out-detail"]
            hint: shown.words["kiosk-out-hint"]
            icon: "offline"
            title: shown.words["kiosk-out-title"]
            view: shown
        }
    }

    Component {
        id: starting

        MessagePage {
            detail: ""
            icon: "clock"
            title: shown.words["kiosk-starting"]
            view: shown
        }
    }
}
