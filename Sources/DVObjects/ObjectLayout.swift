import DVHashing
import DVSystem

/// Where objects live below a cache directory.
struct ObjectLayout: Sendable {
    let root: AbsolutePath
    let scheme: HashScheme
    /// The folder of the 256 folders with plain objects: DVC's own place.
    private let plainRoot: AbsolutePath
    /// Likewise of encoded objects, each codec's outside `files/md5`, where `dvc gc` would delete them.
    private let zstdRoot: AbsolutePath
    private let zlibRoot: AbsolutePath

    init(root: AbsolutePath, scheme: HashScheme) {
        self.root = root
        self.scheme = scheme
        plainRoot = scheme == .md5 ? root.appending("files/md5") : root
        zstdRoot = root.appending("dvswift/md5-zstd")
        zlibRoot = root.appending("dvswift/md5-zlib")
    }

    /// The forms in which an object can be stored, in the order of looking.
    var forms: [Encoding?] { scheme == .md5 ? [nil, .zstd, .zlib] : [nil] }

    func root(of encoding: Encoding?) -> AbsolutePath {
        switch encoding {
        case nil: plainRoot
        case .zstd: zstdRoot
        case .zlib: zlibRoot
        }
    }

    /// The path of an object; `encoding` nil means plain.
    func path(of name: ObjectName, _ encoding: Encoding?) -> AbsolutePath {
        withUnsafeTemporaryAllocation(byteCount: Self.longestName, alignment: 1) { buffer in
            let count = Self.write(name, encoding, into: buffer)
            return root(of: encoding).appending(
                bytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])
            )
        }
    }

    /// Names of unfinished objects start with this; they lie beside the 256 folders.
    static let partPrefix = ".dvswift-part-"

    /// Where the start of an object is kept while the rest is still to be fetched.
    func partPath(of name: ObjectName, _ encoding: Encoding?) -> AbsolutePath {
        root(of: encoding).appending(Self.partPrefix + name.text)
    }

    /// Folder `index` of 256.
    func folder(_ index: Int, _ encoding: Encoding?) -> AbsolutePath {
        let hex = String(index, radix: 16)
        return root(of: encoding).appending(index < 16 ? "0" + hex : hex)
    }

    /// Room for `ab/cdef….dir.zst`.
    private static let longestName = 48

    /// Writes the name below a root; its length in bytes.
    private static func write(
        _ name: ObjectName,
        _ encoding: Encoding?,
        into buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        // The digits one place to the right, then the first two moved back before a slash.
        let digits = UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33])
        name.digest.writeHex(into: digits.bindMemory(to: UInt8.self))
        (buffer[0], buffer[1], buffer[2]) = (buffer[1], buffer[2], UInt8(ascii: "/"))
        var count = 33
        func append(_ text: StaticString) {
            let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: bytes)
            count += bytes.count
        }
        if name.isListing { append(".dir") }
        if let encoding { append(encoding.suffix) }
        return count
    }

    /// The name of the object in folder `index` whose file is called `bytes`; nil for other files.
    static func name(
        inFolder index: Int,
        fileNamed bytes: UnsafeBufferPointer<UInt8>
    ) -> (ObjectName, Encoding?)? {
        guard bytes.count >= 30 else { return nil }
        guard let digest = digest(inFolder: index, UnsafeRawBufferPointer(bytes)) else {
            return nil
        }
        // Most files end here, so that a listing of a folder makes no strings.
        if bytes.count == 30 { return (ObjectName(digest), nil) }
        var rest = String(decoding: bytes[30...], as: UTF8.self)
        let encoding = Encoding.allCases.first { rest.hasSuffix("\($0.suffix)") }
        if let encoding { rest.removeLast(encoding.suffix.utf8CodeUnitCount) }
        let isListing = rest == ObjectName.listingSuffix
        guard isListing || rest.isEmpty else { return nil }
        return (ObjectName(digest, isListing: isListing), encoding)
    }

    /// The digest whose first two digits are the folder's number and whose others start `name`.
    private static func digest(inFolder index: Int, _ name: UnsafeRawBufferPointer) -> Digest? {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { digits in
            digits[0] = Digest.hexDigit(UInt8(index >> 4))
            digits[1] = Digest.hexDigit(UInt8(index & 15))
            UnsafeMutableRawBufferPointer(rebasing: digits[2...]).copyBytes(from: name[..<30])
            return Digest(hexDigits: UnsafeRawBufferPointer(digits))
        }
    }
}
