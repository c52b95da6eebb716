import DVSystem

/// The kinds of packets of SFTP version 3 that a client and OpenSSH's server exchange.
///
/// Source: draft-ietf-secsh-filexfer-02, and `PROTOCOL` of OpenSSH for its extensions.
enum SFTPKind: UInt8 {
    case initialize = 1
    case version = 2
    case open = 3
    case close = 4
    case read = 5
    case write = 6
    case fileStatus = 8
    case openFolder = 11
    case readFolder = 12
    case remove = 13
    case makeFolder = 14
    case status = 17
    case rename = 18
    case answerStatus = 101
    case answerHandle = 102
    case answerData = 103
    case answerNames = 104
    case answerAttributes = 105
    case extended = 200
    case answerExtended = 201
}

/// Builds a packet: numbers are big-endian, strings follow their length.
struct SFTPPacket {
    private(set) var bytes: [UInt8]

    init(_ kind: SFTPKind) { bytes = [0, 0, 0, 0, kind.rawValue] }

    mutating func add(_ value: UInt32) {
        withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
    }

    mutating func add(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
    }

    mutating func add(_ string: some Collection<UInt8>) {
        add(UInt32(string.count))
        bytes += string
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    /// With the length in front.
    mutating func finished() -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count - 4).bigEndian) { length in
            for index in 0..<4 { bytes[index] = length[index] }
        }
        return bytes
    }
}

/// Reads the fields of an answer in their order; nil where it is too short.
struct SFTPAnswer {
    let kind: SFTPKind
    private var rest: ArraySlice<UInt8>

    init(_ kind: SFTPKind, _ fields: ArraySlice<UInt8>) {
        self.kind = kind
        rest = fields
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func longNumber() -> UInt64? {
        guard let high = number(), let low = number() else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    mutating func string() -> ArraySlice<UInt8>? {
        guard let count = number(), rest.count >= Int(count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    mutating func attributes() -> SFTPAttributes? {
        guard let flags = number() else { return nil }
        var attributes = SFTPAttributes()
        if flags & 1 != 0 { attributes.size = longNumber() }
        if flags & 2 != 0 { _ = (number(), number()) }
        if flags & 4 != 0 { attributes.mode = number() }
        if flags & 8 != 0 {
            _ = number()
            attributes.modified = number()
        }
        if flags & 0x8000_0000 != 0 {
            for _ in 0..<(number() ?? 0) { _ = (string(), string()) }
        }
        return attributes
    }
}

/// What a server tells about a file.
struct SFTPAttributes {
    var size: UInt64?
    var mode: UInt32?
    /// Seconds since 1970.
    var modified: UInt32?

    private static let typeMask: UInt32 = 0o170000
    var isFolder: Bool { mode.map { $0 & Self.typeMask == 0o040000 } ?? false }
    var isLink: Bool { mode.map { $0 & Self.typeMask == 0o120000 } ?? false }
}

/// The codes of SSH_FXP_STATUS.
enum SFTPStatus {
    static let fine: UInt32 = 0
    static let end: UInt32 = 1
    static let noSuchFile: UInt32 = 2
    static let permissionDenied: UInt32 = 3
    static let noConnection: UInt32 = 6
    static let connectionLost: UInt32 = 7
}

/// The bits of SSH_FXP_OPEN.
enum SFTPFlags {
    static let read: UInt32 = 1
    static let write: UInt32 = 2
    static let create: UInt32 = 8
    static let exclusive: UInt32 = 32
}
