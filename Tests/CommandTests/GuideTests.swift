import DVSystem
import DVTestSupport
import Testing

/// The commands of the pipelines guide print what the guide says.
@Suite struct GuideTests {
    private static let guide = AbsolutePath(#filePath, relativeTo: .root).parent.parent.parent
        .appending("docs/PIPELINES.md")

    @Test func `every command of the guide prints what stands below it`() throws {
        let project = try TemporaryProject(madeBy: nil, git: false)
        let programs = AbsolutePath(try Tool.dvswift.program, relativeTo: project.root).parent
        let text = String(decoding: try Self.guide.readBytes(), as: UTF8.self)
        var count = 0
        for block in Self.blocks(in: text) {
            if let name = block.file { try project.write(block.lines.joined(), to: name) }
            for (command, output) in block.commands {
                let script = "PATH=\(programs.string):$PATH; { \(command)\n} 2>&1"
                let told = try project.attempt(["sh", "-c", script]).output
                #expect(told == output, "\(command)")
                count += 1
            }
        }
        #expect(count > 10)
    }

    /// What stands between fences: a file that the fence names, or commands behind `$ ` with their output.
    private struct Block {
        var file: String?
        var isConsole = false
        var lines: [String] = []

        var commands: [(command: String, output: String)] {
            guard isConsole else { return [] }
            return lines.reduce(into: []) { commands, line in
                if line.hasPrefix("$ ") {
                    commands.append((String(line.dropFirst(2).dropLast()), ""))
                } else if !commands.isEmpty {
                    commands[commands.count - 1].output += line
                }
            }
        }
    }

    private static func blocks(in text: String) -> [Block] {
        var blocks: [Block] = []
        var current: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.hasPrefix("```") {
                current?.lines.append(line + "\n")
            } else if let block = current {
                blocks.append(block)
                current = nil
            } else {
                let words = line.dropFirst(3).split(separator: " ")
                let file = words.count > 1 ? String(words[1]) : nil
                current = Block(file: file, isConsole: words.first == "console")
            }
        }
        return blocks
    }
}
