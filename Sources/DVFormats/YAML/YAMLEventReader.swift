internal import CYAML

/// An event of libyaml with byte offsets in place of character counts.
struct YAMLEvent {
    enum Kind {
        case documentStart, documentEnd, streamStart, streamEnd
        case scalar(String, YAMLNode.Style)
        case alias
        case sequenceStart, mappingStart, sequenceEnd, mappingEnd
    }

    var kind: Kind
    var span: Range<Int>
    var line: Int
    var column: Int
    var anchor: String?
    var tag: String?
    var isFlow = false
}

/// The only place that calls libyaml, and the only one that turns its errors into ours.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let firstLine: Int
    private let isASCII: Bool
    /// The last mark seen, in characters and in bytes.
    private var cursor = (character: 0, byte: 0)
    private let byteOrderMark: Int

    /// `bytes` must stay valid as long as the reader is used.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        file: String,
        firstLine: Int
    ) throws(FormatError) {
        parser = .allocate(capacity: 1)
        self.bytes = bytes
        self.file = file
        self.firstLine = firstLine
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        byteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        cursor.byte = byteOrderMark
        guard yaml_parser_initialize(parser) == 1 else {
            parser.initialize(to: yaml_parser_t())
            throw FormatError(file: file, problem: "cannot be parsed: out of memory")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        let input = bytes.baseAddress.map { $0 + byteOrderMark }
        yaml_parser_set_input_string(parser, input, bytes.count - byteOrderMark)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func next() throws(FormatError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
        defer { yaml_event_delete(&event) }
        let start = byteOffset(of: event.start_mark.index)
        let end = max(start, byteOffset(of: event.end_mark.index))
        var result = YAMLEvent(
            kind: .streamEnd,
            span: start..<end,
            line: firstLine + Int(event.start_mark.line),
            column: Int(event.start_mark.column) + 1
        )
        Self.describe(event, in: &result)
        return result
    }

    private static func describe(_ event: yaml_event_t, in result: inout YAMLEvent) {
        switch event.type {
        case YAML_STREAM_START_EVENT: result.kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
            result.kind = .scalar(String(decoding: text, as: UTF8.self), style(scalar.style))
            result.anchor = string(scalar.anchor)
            result.tag = string(scalar.tag)
        case YAML_ALIAS_EVENT:
            result.kind = .alias
            result.anchor = string(event.data.alias.anchor)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            result.kind = .sequenceStart
            result.anchor = string(sequence.anchor)
            result.tag = string(sequence.tag)
            result.isFlow = sequence.style == YAML_FLOW_SEQUENCE_STYLE
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            result.kind = .mappingStart
            result.anchor = string(mapping.anchor)
            result.tag = string(mapping.tag)
            result.isFlow = mapping.style == YAML_FLOW_MAPPING_STYLE
        case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
        default: result.kind = .streamEnd
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// Marks count characters; they come almost in order, so a cursor finds their bytes.
    private mutating func byteOffset(of character: Int) -> Int {
        if isASCII { return character }
        while cursor.character < character, cursor.byte < bytes.count {
            cursor.byte += 1
            while cursor.byte < bytes.count, bytes[cursor.byte] & 0xC0 == 0x80 { cursor.byte += 1 }
            cursor.character += 1
        }
        while cursor.character > character, cursor.byte > byteOrderMark {
            cursor.byte -= 1
            while cursor.byte > byteOrderMark, bytes[cursor.byte] & 0xC0 == 0x80 {
                cursor.byte -= 1
            }
            cursor.character -= 1
        }
        return cursor.byte
    }

    private func error() -> FormatError {
        let state = parser.pointee
        guard state.error != YAML_MEMORY_ERROR, let cText = state.problem else {
            return FormatError(file: file, problem: "cannot be parsed: out of memory")
        }
        let cause = String(cString: cText)
        // libyaml names the function by which programs change its limit.
        let isTooDeep = cause.hasPrefix("Maximum nesting level reached")
        let problem = isTooDeep ? "nested too deeply" : FormatError.notYAML + cause
        if state.error == YAML_READER_ERROR {
            let offset = byteOrderMark + Int(state.problem_offset)
            let place = YAMLText.place(of: offset, in: bytes)
            return FormatError(
                file: file,
                line: firstLine + place.line - 1,
                column: place.column,
                problem: problem
            )
        }
        let line = Int(state.problem_mark.line)
        return FormatError(
            file: file,
            line: firstLine + line,
            column: Int(state.problem_mark.column) + 1,
            problem: problem + (hasConflictMarker() ? " (unresolved merge conflict)" : "")
        )
    }

    /// A line that starts with seven `<`, `=` or `>` and a blank, as Git leaves them.
    private func hasConflictMarker() -> Bool {
        bytes.split(separator: UInt8(ascii: "\n")).contains { line in
            guard line.count > 7, line[line.startIndex + 7] == UInt8(ascii: " "),
                let first = line.first, "<=>".utf8.contains(first)
            else { return false }
            return line.prefix(7).allSatisfy { $0 == first }
        }
    }
}
