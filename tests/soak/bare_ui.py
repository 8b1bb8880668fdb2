"""A bare window that counts the gaps of its own UI thread from a line of input until its end.

`python -m tests.soak.bare_ui` reads lines; each begins the count anew. It prints the gaps [ms]
as a JSON list: what the machine's load costs a program that does nothing.
"""

import json
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.stalls import StallWatch


def main() -> int:
    """Show the window, count, print."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1920, 1080)
    window.show()
    watch = StallWatch()
    watch.start()
    threading.Thread(target=_listen, args=(app, watch), daemon=True).start()
    code = app.exec()
    watch.stop()
    print(json.dumps([round(stall.seconds * 1000, 1) for stall in watch.stalls]), flush=True)
    return code


def _listen(app: QApplication, watch: StallWatch) -> None:
    for _ in sys.stdin:
        QTimer.singleShot(0, watch, watch.count_from_now)
    QTimer.singleShot(0, app, app.quit)


if __name__ == "__main__":
    sys.exit(main())
