import DVHashing

extension DirectoryListing {
    /// Reads the content of a `.dir` object; `file` names it in errors.
    ///
    /// Fields other than `md5` and `relpath`, which some versions of DVC wrote, are skipped.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let parsed = bytes.withUnsafeBytes { input in
            Result { () throws(FormatError) in
                try DirectoryListing(parsing: input, file: file)
            }
        }
        self = try parsed.get()
    }

    /// Reads the content of a `.dir` object; `file` names it in errors.
    package init(parsing bytes: UnsafeRawBufferPointer, file: String) throws(FormatError) {
        var parser = ListingParser(input: bytes)
        do {
            self = try parser.parse().sorted()
        } catch {
            throw FormatError(
                file: file,
                line: 1 + bytes[..<error.offset].count { $0 == UInt8(ascii: "\n") },
                column: 1
                    + bytes[..<error.offset].reversed()
                    .prefix { $0 != UInt8(ascii: "\n") }.count,
                problem: error.problem
            )
        }
        if let problem = firstProblem() { throw FormatError(file: file, problem: problem) }
    }
}

/// Reads the JSON of a listing straight into its flat storage.
private struct ListingParser {
    private var json: JSONScanner
    private var names: [UInt8] = []
    private var ends: [Int] = []
    private var digests: [Digest] = []

    /// `{"md5": "…32…", "relpath": ""}, ` is the least an entry takes.
    init(input: UnsafeRawBufferPointer) {
        json = JSONScanner(input: input)
        // Untouched pages of a generous reservation cost nothing.
        names.reserveCapacity(input.count)
        ends.reserveCapacity(input.count / 60 + 1)
        digests.reserveCapacity(input.count / 60 + 1)
    }

    mutating func parse() throws(JSONProblem) -> DirectoryListing {
        try json.expect("[", "a list of files")
        if !json.skip("]") {
            repeat { try parseEntry() } while json.skip(",")
            try json.expect("]", "',' or the end of the list")
        }
        try json.expectEnd()
        return DirectoryListing(names: names, ends: ends, digests: digests)
    }

    private mutating func parseEntry() throws(JSONProblem) {
        let start = json.offset
        var digest: Digest?
        var hasPath = false
        try json.expect("{", "an entry")
        if !json.skip("}") {
            repeat {
                let key = try json.key()
                if key == .digest, digest == nil {
                    digest = try json.digest()
                } else if key == .path, !hasPath {
                    try json.string(into: &names)
                    hasPath = true
                } else if key == .other {
                    try json.skipValue()
                } else {
                    throw json.problem("key given twice")
                }
            } while json.skip(",")
            try json.expect("}", "',' or the end of the entry")
        }
        guard let digest, hasPath else {
            throw JSONProblem(offset: start, problem: "entry without 'md5' or 'relpath'")
        }
        ends.append(names.count)
        digests.append(digest)
    }
}
