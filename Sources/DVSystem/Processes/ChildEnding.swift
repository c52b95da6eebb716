import Glibc

/// Ends an interrupted child: first the signal that we got, after the grace time SIGKILL.
struct ChildEnding {
    private let process: pid_t
    private let request: ChildRequest
    private var signal: Int32?
    private var deadline = ContinuousClock.now
    private var isKilled = false

    init(_ process: pid_t, _ request: ChildRequest) {
        self.process = process
        self.request = request
    }

    /// Does what is due now.
    mutating func proceed() {
        if signal == nil, let received = request.interruption() {
            signal = received
            deadline = .now + .seconds(request.grace)
            send(received)
        } else if signal != nil, !isKilled, mayKill, .now >= deadline {
            isKilled = true
            send(SIGKILL)
        }
    }

    /// The exit reason of a child that was left alone; after an interruption, ends what remains of its group.
    ///
    /// A child in our own group may have been interrupted by the terminal before we saw the signal.
    func conclude(_ reason: ExitReason) throws(Interrupted) -> ExitReason {
        if signal == nil, request.hasOwnGroup || request.interruption() == nil { return reason }
        if request.hasOwnGroup { endGroup() }
        throw Interrupted()
    }

    /// Ctrl-C on a terminal reaches the child without us, and it may take its time to save its work.
    private var mayKill: Bool { request.hasOwnGroup || signal != SIGINT }

    private func send(_ number: Int32) {
        if request.hasOwnGroup {
            kill(-process, number)
        } else if number != SIGINT {
            for member in ProcessTree.members(from: process) { kill(member, number) }
        }
    }

    /// The leader is gone; the others get a little more time.
    ///
    /// Zombies that nobody reaps cannot hold us up.
    private func endGroup() {
        let end = min(deadline, .now + .seconds(Self.graceAfterLeader))
        while kill(-process, 0) == 0 {
            if .now >= end {
                kill(-process, SIGKILL)
                return
            }
            usleep(5_000)
        }
    }

    private static let graceAfterLeader = 2.0
}

/// A process and what it started, from `/proc`.
package enum ProcessTree {
    /// Whether `process` started this one, or what started it.
    package static func isAncestor(_ process: pid_t) -> Bool {
        var current = getpid()
        while let parent = parent(of: current), parent > 0 {
            if parent == process { return true }
            current = parent
        }
        return false
    }

    /// Children before grandchildren; those that are gone meanwhile are left out.
    static func members(from process: pid_t) -> [pid_t] {
        var members = [process]
        var next = 0
        while next < members.count {
            members.append(contentsOf: children(of: members[next]))
            next += 1
        }
        return members
    }

    /// The fourth field of its state, behind the name, which may hold anything.
    private static func parent(of process: pid_t) -> pid_t? {
        guard let path = AbsolutePath("/proc/\(process)/stat"),
            let bytes = try? path.readBytesIfPresent(),
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: bytes[end...], as: UTF8.self).split(separator: " ")
        return fields.count > 2 ? pid_t(fields[2]) : nil
    }

    /// Those that any of its threads started; a process may end at any step of looking at it.
    private static func children(of process: pid_t) -> [pid_t] {
        guard let tasks = AbsolutePath("/proc/\(process)/task"),
            let threads = try? tasks.childNames()
        else { return [] }
        return threads.flatMap { thread -> [pid_t] in
            let path = tasks.appending(thread.string).appending("children")
            guard let bytes = try? path.readBytesIfPresent() else { return [] }
            return String(decoding: bytes, as: UTF8.self).split(separator: " ")
                .compactMap { pid_t($0) }
        }
    }
}
