import Glibc

/// A day as `yyyy-mm-dd`.
struct CalendarDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// Nil unless `text` is a day of the calendar.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// When it starts in the time zone of the machine, as DVC means it.
    var secondsSince1970: Int64 {
        var time = tm()
        time.tm_year = Int32(year - 1900)
        time.tm_mon = Int32(month - 1)
        time.tm_mday = Int32(day)
        time.tm_isdst = -1
        return Int64(mktime(&time))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap =
            year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}

/// A time span as `90s`, `15min`, `2h`, `7d` or `4w`.
struct TimeSpan: Equatable {
    let seconds: Int64

    init?(_ text: String) {
        let units: [(String, Int64)] = [
            ("min", 60), ("s", 1), ("h", 3600), ("d", 86_400), ("w", 604_800),
        ]
        guard let (suffix, factor) = units.first(where: { text.hasSuffix($0.0) }),
            let count = Int64(text.dropLast(suffix.count)), count >= 0,
            case let (seconds, isTooLarge) = count.multipliedReportingOverflow(by: factor),
            !isTooLarge, seconds < 1 << 33
        else { return nil }
        self.seconds = seconds
    }
}
