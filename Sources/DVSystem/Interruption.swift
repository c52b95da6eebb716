import CLinux
import Glibc
import SystemPackage

/// Thrown where work stops early because the user asked for it.
package struct Interrupted: Error, Sendable {
    package init() {}
}

/// SIGINT and SIGTERM as a flag that loops check between batches.
package enum Interruption {
    /// Starts to watch; without this the signals end the process at once.
    package static func watch() throws(SystemError) {
        guard clinux_watch_interrupts() == 0 else { throw .last("watch", "interrupts") }
    }

    /// The signal received, if any.
    package static var signal: Int32? {
        let number = clinux_interrupt()
        return number == 0 ? nil : number
    }

    package static func check() throws(Interrupted) {
        if signal != nil { throw Interrupted() }
    }
}
