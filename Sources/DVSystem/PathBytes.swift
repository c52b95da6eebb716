import Glibc
import SystemPackage

/// The bytes of a lexically normalised path with a NUL behind them: what both kinds of path are made of.
///
/// Putting two together is one copy, and passing one to the kernel none.
struct PathBytes: Hashable, Sendable {
    /// Empty for "here", one slash for the root; no empty components and no `.`, and `..` only at the start.
    private(set) var terminated: [UInt8]

    static let slash = UInt8(ascii: "/")
    static let here = PathBytes(terminated: [0])
    static let root = PathBytes(terminated: [slash, 0])

    private init(terminated: [UInt8]) {
        self.terminated = terminated
    }

    init(normalizing filePath: FilePath) {
        let normalized = filePath.lexicallyNormalized()
        guard normalized != "." else {
            self = .here
            return
        }
        terminated = normalized.withPlatformString {
            Array(UnsafeRawBufferPointer(start: $0, count: normalized.length + 1))
        }
    }

    /// `bytes` below this path; nil unless they are one or more plain components (no `.`, no `..`) without a NUL.
    func appending(plain bytes: UnsafeRawBufferPointer) -> PathBytes? {
        guard Self.isPlain(bytes) else { return nil }
        let needsSlash = count > 0 && terminated[count - 1] != Self.slash
        let start = count + (needsSlash ? 1 : 0)
        let total = start + bytes.count + 1
        let joined = [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
            let target = UnsafeMutableRawBufferPointer(buffer)
            terminated.withUnsafeBytes { target.copyMemory(from: $0) }
            if needsSlash { target[start - 1] = Self.slash }
            UnsafeMutableRawBufferPointer(rebasing: target[start...]).copyMemory(from: bytes)
            target[total - 1] = 0
            filled = total
        }
        return PathBytes(terminated: joined)
    }

    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let dot = UInt8(ascii: ".")
        // How many bytes the component has so far, and whether all are dots.
        var (length, dots) = (0, 0)
        for byte in bytes {
            switch byte {
            case 0: return false
            case slash:
                if length == 0 || (dots == length && length <= 2) { return false }
                (length, dots) = (0, 0)
            default:
                length += 1
                if byte == dot { dots += 1 }
            }
        }
        return length > 0 && !(dots == length && length <= 2)
    }

    var count: Int { terminated.count - 1 }
    var isEmpty: Bool { terminated.count == 1 }
    var bytes: ArraySlice<UInt8> { terminated.dropLast() }
    var string: String { String(decoding: bytes, as: UTF8.self) }
    var components: [ArraySlice<UInt8>] { bytes.split(separator: Self.slash) }
    var filePath: FilePath { withCString { FilePath(platformString: $0) } }

    @inline(__always)
    func withCString<Result, Failure>(
        _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try terminated.withUnsafeBufferPointer { buffer throws(Failure) in
            // There is always a terminator.
            let start = UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
            return try body(start.assumingMemoryBound(to: CChar.self))
        }
    }

    /// The last component, empty if there is none.
    var name: ArraySlice<UInt8> {
        let bytes = bytes
        guard let slash = bytes.lastIndex(of: Self.slash) else { return bytes }
        return bytes[(slash + 1)...]
    }

    /// Without the last component; the root is its own parent.
    var parent: PathBytes {
        guard let slash = bytes.lastIndex(of: Self.slash) else { return .here }
        if slash == 0 { return .root }
        return PathBytes(terminated: terminated[..<slash] + [0])
    }

    /// Whether this is `ancestor` or below it, component by component.
    func hasPrefix(_ ancestor: PathBytes) -> Bool { restStart(below: ancestor) != nil }

    /// The way down from `ancestor`; nil if this is not below it.
    func dropping(_ ancestor: PathBytes) -> PathBytes? {
        restStart(below: ancestor).map { PathBytes(terminated: Array(terminated[$0...])) }
    }

    /// Where what is below `ancestor` starts.
    private func restStart(below ancestor: PathBytes) -> Int? {
        guard ancestor.count > 0 else { return terminated.first == Self.slash ? nil : 0 }
        guard count >= ancestor.count, isSame(ancestor, count: ancestor.count) else { return nil }
        if count == ancestor.count { return count }
        if ancestor.terminated[ancestor.count - 1] == Self.slash { return ancestor.count }
        return terminated[ancestor.count] == Self.slash ? ancestor.count + 1 : nil
    }

    private func isSame(_ other: PathBytes, count: Int) -> Bool {
        withCString { left in other.withCString { memcmp(left, $0, count) == 0 } }
    }
}

extension PathBytes: Comparable {
    static func < (left: PathBytes, right: PathBytes) -> Bool {
        left.withCString { left in right.withCString { strcmp(left, $0) < 0 } }
    }
}
