import CExpat

/// An element of a small XML document, such as an answer of S3 or WebDAV; namespaces are dropped from names.
final class XMLElement {
    let name: String
    fileprivate(set) var text = ""
    fileprivate(set) var children: [XMLElement] = []

    fileprivate init(_ name: String) { self.name = name }

    /// The root element; nil if `bytes` are no XML.
    static func parse(_ bytes: [UInt8]) -> XMLElement? {
        // The separator stands between namespace and name.
        guard let parser = XML_ParserCreateNS(nil, 0x20) else { return nil }
        defer { XML_ParserFree(parser) }
        let builder = XMLBuilder()
        return withExtendedLifetime(builder) {
            XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
            XML_SetElementHandler(
                parser,
                { context, name, _ in XMLBuilder.from(context)?.open(name) },
                { context, _ in XMLBuilder.from(context)?.close() }
            )
            XML_SetCharacterDataHandler(parser) { context, text, count in
                XMLBuilder.from(context)?.add(text, count)
            }
            let status = bytes.withUnsafeBytes {
                XML_Parse(parser, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), 1)
            }
            return status == XML_STATUS_OK ? builder.root : nil
        }
    }

    /// The first child of that name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

private final class XMLBuilder {
    private(set) var root: XMLElement?
    private var path: [XMLElement] = []

    static func from(_ context: UnsafeMutableRawPointer?) -> XMLBuilder? {
        context.map { Unmanaged<XMLBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func open(_ name: UnsafePointer<CChar>?) {
        guard let name else { return }
        let full = String(cString: name)
        let element = XMLElement(full.split(separator: " ").last.map(String.init) ?? full)
        path.last?.children.append(element)
        if path.isEmpty { root = element }
        path.append(element)
    }

    func close() { path.removeLast() }

    func add(_ text: UnsafePointer<CChar>?, _ count: Int32) {
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
        path.last?.text += String(decoding: bytes, as: UTF8.self)
    }
}
