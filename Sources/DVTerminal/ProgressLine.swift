import DVReporting

/// The text of a progress line at one moment.
struct ProgressLine {
    /// Bytes per second, smoothed over the last seconds.
    private var rate = 0.0
    private var lastBytes: Int64 = 0
    private var lastTime = 0.0

    /// Takes a measurement; `now` in seconds of a steady clock.
    mutating func measure(_ progress: Progress, at now: Double) {
        let elapsed = now - lastTime
        guard lastTime > 0 else {
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
    func text(_ progress: Progress, width: Int) -> String {
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
        if rate > 1 {
            parts.append("\(Measures.bytes(Int64(rate)))/s")
            if total > done {
                parts.append("\(Measures.duration(Double(total - done) / rate)) left")
            }
        }
        return String(parts.joined(separator: "  ").prefix(max(10, width - 1)))
    }
}
