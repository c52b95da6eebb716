import DVSystem

/// Dates as HTTP and S3 write them, always in UTC.
enum HTTPDate {
    /// Nanoseconds since 1970 of `Tue, 24 Nov 2026 22:37:55 GMT` (RFC 9110) or `2026-11-24T22:37:55.000Z` (ISO 8601).
    static func parse(_ text: String) -> Int64? {
        let seconds =
            CalendarTime.parse(text, as: "%a, %d %b %Y %H:%M:%S")
            ?? CalendarTime.parse(text, as: "%Y-%m-%dT%H:%M:%S")
        return seconds.map { $0 * 1_000_000_000 }
    }
}
