import CLinux
import Glibc

/// Moments as text in UTC, by the patterns of strptime and strftime.
package enum CalendarTime {
    /// Seconds since 1970; nil if `text` does not begin as `format` says.
    package static func parse(_ text: String, as format: String) -> Int64? {
        let seconds = clinux_parse_time(text, format)
        return seconds < 0 ? nil : seconds
    }

    /// `seconds` count from 1970; the text may have 63 bytes at most.
    package static func format(_ seconds: Int64, as format: String) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
