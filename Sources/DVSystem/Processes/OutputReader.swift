import Glibc

/// Reads the standard output and error of a child as they come and cuts them into lines.
struct OutputReader: ~Copyable {
    private var output: Pipe
    private var error: Pipe
    private var lines = (output: LineBuffer(), error: LineBuffer())
    private var isOpen = (output: true, error: true)
    private let emit: @Sendable ([String], Bool) -> Void
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    init(_ emit: @escaping @Sendable ([String], Bool) -> Void) throws(SystemError) {
        let output = try Pipe()
        let error = try Pipe()
        self.output = output
        self.error = error
        self.emit = emit
    }

    deinit { chunk.deallocate() }

    func connect(_ spawn: inout ChildSpawn, _ request: ChildRequest) throws(SystemError) {
        try spawn.redirect(output: output, error: error, request)
    }

    mutating func closeWriters() {
        output.closeWriter()
        error.closeWriter()
    }

    /// To poll; -1 where the data has ended.
    var descriptors: [Int32] {
        [isOpen.output ? output.reader : -1, isOpen.error ? error.reader : -1]
    }

    /// Takes what is there now, at most one chunk of each.
    mutating func read() {
        let emit = emit
        if isOpen.output {
            isOpen.output = Self.pass(output.reader, chunk, &lines.output) { emit($0, false) }
        }
        if isOpen.error {
            isOpen.error = Self.pass(error.reader, chunk, &lines.error) { emit($0, true) }
        }
    }

    /// Passes on the lines of one chunk; whether there may be more.
    private static func pass(
        _ descriptor: Int32,
        _ chunk: UnsafeMutableRawBufferPointer,
        _ lines: inout LineBuffer,
        _ emit: ([String]) -> Void
    ) -> Bool {
        guard let count = read(descriptor, chunk) else { return true }
        var found: [String] = []
        lines.append(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { found.append($0) }
        if !found.isEmpty { emit(found) }
        return count > 0
    }

    /// Takes what is there now, without waiting for processes that the child left behind: they may never stop writing.
    mutating func finish() {
        let waiting = max(Self.waitingBytes(output.reader), Self.waitingBytes(error.reader))
        for _ in 0...(waiting / chunk.count) { read() }
        let emit = emit
        lines.output.finish { emit([$0], false) }
        lines.error.finish { emit([$0], true) }
    }

    /// Bytes read, 0 at the end or on an error, nil if there is nothing yet.
    private static func read(_ descriptor: Int32, _ chunk: UnsafeMutableRawBufferPointer) -> Int? {
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? nil : 0
    }

    private static func waitingBytes(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }
}
