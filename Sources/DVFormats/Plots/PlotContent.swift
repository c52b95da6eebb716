/// What a file holds that a plot is made of.
package enum PlotContent: Sendable {
    case image([UInt8])
    case data(DataValue)

    /// Reads a file by the end of its name; nil if there is nothing in it.
    package init?(
        parsing bytes: [UInt8],
        file: String,
        hasHeader: Bool
    ) throws(PlotProblem) {
        if PlotImage.isImage(file) {
            self = .image(bytes)
            return
        }
        let value: DataValue
        switch PlotImage.pathExtension(of: file) {
        case "csv", "tsv":
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .notUTF8(file: file)
            }
            let comma = file.hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ",")
            let rows = SeparatedValues(text, separator: comma).records(hasHeader: hasHeader)
            value = .list(rows)
        case "json", "yaml", "yml", "toml", "py": value = try Self.parse(bytes, file)
        default: throw .unknownFormat(file: file)
        }
        if value.isEmptyOrFalse { return nil }
        self = .data(value)
    }

    private static func parse(_ bytes: [UInt8], _ file: String) throws(PlotProblem) -> DataValue {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8(file: file) }
        do {
            return try ParameterFile.parse(bytes, file: file)
        } catch {
            throw .unparsable(file: file, error)
        }
    }
}

/// An image of one revision.
package struct PlotImage: Sendable {
    package let revision: String
    package let file: String
    package let bytes: [UInt8]

    package init(revision: String, file: String, bytes: [UInt8]) {
        self.revision = revision
        self.file = file
        self.bytes = bytes
    }

    /// Whether a file is shown as it is; BMP and WebP are beyond DVC.
    package static func isImage(_ file: String) -> Bool { mediaType(of: file) != nil }

    /// "image/png" and the like; nil for what is no image.
    package static func mediaType(of file: String) -> String? {
        switch pathExtension(of: file) {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "svg": "image/svg+xml"
        case "bmp": "image/bmp"
        case "webp": "image/webp"
        default: nil
        }
    }

    static func pathExtension(of file: String) -> Substring? {
        let name = file.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        return name[name.index(after: dot)...]
    }
}
