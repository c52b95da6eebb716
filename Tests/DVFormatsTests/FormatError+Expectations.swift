import DVFormats
import Testing

extension FormatError {
    /// Expects a problem at a place, in words that hold `problem`.
    func expect(
        line: Int,
        column: Int,
        key: String?,
        problem: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(self.line == line, sourceLocation: location)
        #expect(self.column == column, sourceLocation: location)
        #expect(self.key == key, sourceLocation: location)
        #expect(self.problem.contains(problem), "\(self.problem)", sourceLocation: location)
    }
}
