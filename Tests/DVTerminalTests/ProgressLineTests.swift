import DVReporting
import DVTerminal
import Testing

/// What one line tells of a long operation.
@Suite struct ProgressLineTests {
    /// The line after two seconds in which `bytes` and `items` were done.
    private func line(_ progress: Progress, bytes: Int64, items: Int, width: Int = 200) -> String {
        var line = ProgressLine()
        line.measure(progress, at: 10)
        progress.advance(bytes: bytes, items: items)
        line.measure(progress, at: 12)
        return line.text(progress, width: width)
    }

    @Test func `known bytes give share, rate and time left`() {
        let progress = Progress("Adding", totalBytes: 800_000_000, totalItems: 4)
        #expect(
            line(progress, bytes: 200_000_000, items: 1)
                == "Adding  25%  200 MB of 800 MB  1/4 files  100 MB/s  6 s left"
        )
    }

    @Test func `where only files are counted, they tell the time left`() {
        let progress = Progress("Fetching", totalItems: 40)
        #expect(
            line(progress, bytes: 4_000_000, items: 10)
                == "Fetching  4.0 MB  10/40 files  2.0 MB/s  6 s left"
        )
    }

    @Test func `nothing is guessed before anything is done, or after all of it`() {
        #expect(
            line(Progress("Pushing", totalItems: 3), bytes: 0, items: 0) == "Pushing  0/3 files"
        )
        #expect(
            line(Progress("Pushing", totalItems: 3), bytes: 0, items: 3) == "Pushing  3/3 files"
        )
        #expect(line(Progress("Hashing"), bytes: 0, items: 0) == "Hashing")
    }

    @Test func `a line never fills a terminal, or it would scroll`() {
        let progress = Progress("Adding", totalBytes: 800_000_000, totalItems: 4)
        #expect(line(progress, bytes: 200_000_000, items: 1, width: 20).count == 19)
    }
}
