pragma ComponentBehavior: Bound

import QtQuick

// The kiosk's window: the header, and one page at a time that comes in softly.
Window {
    id: window

    required property var view
    readonly property var layout: view.state.layout
    readonly property var theme: view.state.theme
    readonly property string page: view.state.page

    color: theme.color.ground
    height: 1920
    title: view.state.words["kiosk-title"]
    width: 1080

    onHeightChanged: view.resize(width, height)
    onPageChanged: entrance.restart()
    onWidthChanged: view.resize(width, height)

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

            view: window.view
            width: parent.width
        }

        Loader {
            id: loader

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: header.bottom
            anchors.topMargin: window.layout.gap / 2
            sourceComponent: ({
                    "services": services,
                    "classes": classes,
                    "times": times,
                    "result": result,
                    "failed": failed,
                    "checked": checked,
                    "closed": closed,
                    "out_of_service": outOfService,
                    "starting": starting
                })[window.page]

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
        id: services

        ServicesPage {
            view: window.view
        }
    }

    Component {
        id: classes

        ChoicesPage {
            view: window.view
        }
    }

    Component {
        id: times

        TimesPage {
            view: window.view
        }
    }

    Component {
        id: result

        ResultPage {
            view: window.view
        }
    }

    Component {
        id: failed

        MessagePage {
            alarm: true
            busy: window.view.state.failure.asking
            canGoBack: true
            canRetry: window.view.state.failure.can_retry
            detail: window.view.state.failure.detail
            icon: "offline"
            title: window.view.state.failure.title
            view: window.view
        }
    }

    Component {
        id: checked

        MessagePage {
            alarm: window.view.state.checked.alarm
            canGoBack: true
            detail: window.view.state.checked.detail
            hint: window.view.state.checked.hint
            icon: window.view.state.checked.icon
            title: window.view.state.checked.title
            view: window.view
        }
    }

    Component {
        id: closed

        ClosedPage {
            view: window.view
        }
    }

    Component {
        id: outOfService

        MessagePage {
            alarm: true
            detail: window.view.state.words["kiosk-out-detail"]
            hint: window.view.state.words["kiosk-out-hint"]
            icon: "offline"
            title: window.view.state.words["kiosk-out-title"]
            view: window.view
        }
    }

    Component {
        id: starting

        MessagePage {
            detail: ""
            icon: "clock"
            title: window.view.state.words["kiosk-starting"]
            view: window.view
        }
    }
}
