import DVReporting

/// The text of a progress line at one moment.
package struct ProgressLine {
    /// Bytes per second, smoothed over the last seconds.
    private var rate = 0.0
    private var lastBytes: Int64 = 0
    private var lastTime = 0.0
    private var firstTime = 0.0

    package init() {}

    /// Takes a measurement; `now` in seconds of a steady clock.
    package mutating func measure(_ progress: Progress, at now: Double) {
        let elapsed = now - lastTime
        guard lastTime > 0 else {
            firstTime = now
            lastTime = now
            lastBytes = progress.completedBytes
            return
        }
        guard elapsed >= 0.05 else { return }
        let current = Double(progress.completedBytes - lastBytes) / elapsed
        // A time constant of about two seconds at ten measurements a second.
        rate = rate == 0 ? current : rate + (current - rate) * min(1, elapsed / 2)
        lastTime = now
        lastBytes = progress.completedBytes
    }

    /// Label, share, amounts, rate and time left, as far as they are known, cut to `width` columns.
    package func text(_ progress: Progress, width: Int) -> String {
        var parts = [progress.label]
        let total = progress.totalBytes
        let done = progress.completedBytes
        if total > 0 {
            parts.append("\(min(100, Int(Double(done) / Double(total) * 100)))%")
            parts.append("\(Measures.bytes(done)) of \(Measures.bytes(total))")
        } else if done > 0 {
            parts.append(Measures.bytes(done))
        }
        if progress.totalItems > 0 {
            parts.append("\(progress.completedItems)/\(progress.totalItems) files")
        } else if progress.completedItems > 0 {
            parts.append("\(progress.completedItems) files")
        }
        if rate > 1 { parts.append("\(Measures.bytes(Int64(rate)))/s") }
        if let seconds = secondsLeft(progress) {
            parts.append("\(Measures.duration(seconds)) left")
        }
        return String(parts.joined(separator: "  ").prefix(max(10, width - 1)))
    }

    /// By the bytes where it is known how many there are, else by the files.
    private func secondsLeft(_ progress: Progress) -> Double? {
        let (bytes, total) = (progress.completedBytes, progress.totalBytes)
        if total > 0 {
            return rate > 1 && total > bytes ? Double(total - bytes) / rate : nil
        }
        let (items, all) = (progress.completedItems, progress.totalItems)
        guard items > 0, all > items, lastTime > firstTime else { return nil }
        return (lastTime - firstTime) / Double(items) * Double(all - items)
    }
}
