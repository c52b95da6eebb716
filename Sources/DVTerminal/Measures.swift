/// Numbers as people read them.
package enum Measures {
    /// "512 B", "1.5 MB": powers of 1,000, two or three significant digits.
    package static func bytes(_ count: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        var value = Double(count)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(short(value)) \(units[unit])"
    }

    /// "512", "1.50k", "23.4M", "117G": powers of 1,024 with three digits, as DVC writes sizes in tables.
    package static func binary(_ count: Int64) -> String {
        guard count >= 1024 else { return String(count) }
        var value = Double(count)
        for unit in ["", "k", "M", "G", "T", "P", "E"] {
            if value < 9.995 { return fixed(value, decimals: 2) + unit }
            if value < 99.95 { return fixed(value, decimals: 1) + unit }
            if value < 999.5 { return fixed(value, decimals: 0) + unit }
            value /= 1024
        }
        return String(count)
    }

    private static func fixed(_ value: Double, decimals: Int) -> String {
        let scale = [1, 10, 100][decimals]
        let scaled = Int((value * Double(scale)).rounded(.toNearestOrEven))
        guard decimals > 0 else { return String(scaled) }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(scaled / scale).\(zeros)\(fraction)"
    }

    /// "7 s", "3 min 05 s", "2 h 10 min".
    package static func duration(_ seconds: Double) -> String {
        let total = Int(seconds.rounded())
        if total < 60 { return "\(total) s" }
        if total < 3600 { return "\(total / 60) min \(padded(total % 60)) s" }
        return "\(total / 3600) h \(padded(total % 3600 / 60)) min"
    }

    /// "40 s", "3 min", "5 h", "12 d": one unit.
    package static func age(_ seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" }
        return seconds < 86_400 ? "\(seconds / 3600) h" : "\(seconds / 86_400) d"
    }

    private static func short(_ value: Double) -> String {
        if value >= 100 { return String(Int(value.rounded())) }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
