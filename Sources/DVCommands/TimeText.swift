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

    /// When it starts in Greenwich.
    var secondsSince1970: Int64 {
        // Years that start in March end with the leap day: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400
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
