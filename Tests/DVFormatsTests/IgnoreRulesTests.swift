import DVFormats
import DVSystem
import Testing

@Suite struct IgnoreRulesTests {
    /// One case of `ignore-cases.txt`: ignore files by folder, and what DVC made of some paths.
    struct Case {
        var files: [(folder: String, lines: [String])] = []
        var verdicts: [(path: String, isIgnored: Bool)] = []
    }

    @Test func `verdicts are those of DVC`() throws {
        let cases = try readCases()
        #expect(cases.count > 200)
        var wrong: [String] = []
        for item in cases {
            let rules = try rules(item.files)
            for (path, isIgnored) in item.verdicts where verdict(rules, path) != isIgnored {
                wrong.append("'\(path)' under \(item.files)")
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test func `a walk from the root downwards gives the same verdicts`() throws {
        var wrong: [String] = []
        for (number, item) in try readCases().enumerated() where number % 4 == 0 {
            for (path, isIgnored) in item.verdicts {
                let above = item.files.filter {
                    $0.folder.isEmpty || path.hasPrefix($0.folder + "/")
                }
                if walk(try rules(above), path) != isIgnored {
                    wrong.append("'\(path)' under \(item.files)")
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        (".git/", true), (".git", true), ("a/.git", true), (".hg/", true), (".hg", false),
        (".dvc/", true), (".dvc", false), ("x/.dvc/", true), (".dvcignore", false),
        ("a.dvc", false), (".gitignore", false),
    ])
    func `some names are always left out`(path: String, isIgnored: Bool) {
        #expect(verdict(IgnoreRules(), path) == isIgnored)
    }

    @Test func `names that are not UTF-8 match by character`() throws {
        let rules = try rules([("", ["a?b", "*.bin"])])
        let names: [([UInt8], Bool)] = [
            (Array("a".utf8) + [0xFF] + Array("b".utf8), true),
            (Array("a".utf8) + [0xFF, 0xFE] + Array("b".utf8), false),
            ([0xC3] + Array(".bin".utf8), true),
            (Array("aéb".utf8), true),
        ]
        for (name, isIgnored) in names {
            #expect(name.withUnsafeBytes { rules.isIgnored($0, isDirectory: false) } == isIgnored)
        }
    }

    @Test func `the deciding pattern is named with its place`() throws {
        let rules = try rules([("", ["# logs", "*.log", "!keep.log"]), ("sub", ["", "*.log"])])
        let path = try #require(RelativePath("keep.log"))
        let match = try #require(rules.match(path, isDirectory: false))
        #expect(match.pattern == "!keep.log" && match.line == 3 && match.isNegated)
        let below = try #require(RelativePath("sub/keep.log"))
        let nested = try #require(rules.match(below, isDirectory: false))
        #expect(nested.file == "sub/.dvcignore" && nested.line == 2 && !nested.isNegated)
    }

    @Test(arguments: ["a\\", "!", "[b-a]"])
    func `an unusable pattern is refused with its line`(pattern: String) {
        let error = #expect(throws: FormatError.self) { try rules([("", ["ok", pattern])]) }
        #expect(error?.line == 2)
        #expect(error?.problem.contains(pattern) == true)
    }

    @Test func `a star pattern made to backtrack stays fast`() throws {
        let rules = try rules([
            ("", [String(repeating: "a*", count: 40) + "b", "**/a/**/a/**/a/**/c"])
        ])
        let name = String(repeating: "a", count: 255)
        #expect(!verdict(rules, name))
        #expect(!verdict(rules, Array(repeating: "a", count: 500).joined(separator: "/")))
    }

    private func rules(_ files: [(folder: String, lines: [String])]) throws -> IgnoreRules {
        var rules = IgnoreRules()
        for (folder, lines) in files {
            let name = folder.isEmpty ? ".dvcignore" : "\(folder)/.dvcignore"
            let text = lines.joined(separator: "\n") + "\n"
            let file = try IgnoreFile(parsing: Array(text.utf8), file: name)
            rules = try rules.adding(file, in: #require(RelativePath(folder)))
        }
        return rules
    }

    private func verdict(_ rules: IgnoreRules, _ path: String) -> Bool {
        guard let relative = RelativePath(path) else { return false }
        return rules.isIgnored(relative, isDirectory: path.hasSuffix("/"))
    }

    /// Asks about each folder on the way, as a walk does, which never enters one that is left out; `rules` are those of the
    /// last folder.
    private func walk(_ rules: IgnoreRules, _ path: String) -> Bool {
        let bytes = Array(path.utf8)
        let whole = bytes.last == UInt8(ascii: "/") ? bytes.count - 1 : bytes.count
        for end in 1...whole where end == whole || bytes[end] == UInt8(ascii: "/") {
            let isDirectory = end < bytes.count
            let isIgnored = bytes[..<end].withUnsafeBytes {
                rules.isIgnored($0, isDirectory: isDirectory)
            }
            if isIgnored { return true }
        }
        return false
    }

    private func readCases() throws -> [Case] {
        let here = try #require(AbsolutePath(#filePath))
        let file = here.parent.parent.appending("Fixtures/ignore-cases.txt")
        let text = String(decoding: try file.readBytes(), as: UTF8.self)
        var cases: [Case] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let rest = String(line.dropFirst())
            if line.isEmpty || line.hasPrefix("# ") {
                isOpen = false
                continue
            }
            if !isOpen { cases.append(Case()) }
            isOpen = true
            let last = cases.count - 1
            switch line.first {
            case "F": cases[last].files.append((rest == "." ? "" : rest, []))
            case "P": cases[last].files[cases[last].files.count - 1].lines.append(rest)
            default: cases[last].verdicts.append((rest, line.first == "I"))
            }
        }
        return cases
    }
}
