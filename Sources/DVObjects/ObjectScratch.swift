import DVReporting

/// The buffers and codec contexts of one worker thread.
///
/// Made by `ObjectStore.makeScratch`, used by one thread at a time.
package final class ObjectScratch: @unchecked Sendable {
    // Sendable because the store hands a scratch to one thread at a time; nothing inside is shared.
    private(set) var input: UnsafeMutableRawBufferPointer
    private(set) var output: UnsafeMutableRawBufferPointer
    /// Advanced by the content bytes of what is inserted or restored.
    let progress: Progress?
    private let level: Int?
    private var codecs: [Encoding: any FrameCodec] = [:]

    init(level: Int?, progress: Progress?) {
        self.level = level
        self.progress = progress
        let capacity = Encoding.allCases.map { $0.capacity(for: Encoding.frameSize) }.max() ?? 0
        // Pages are taken as they are touched, so small files cost little memory.
        input = .allocate(byteCount: capacity, alignment: 4096)
        output = .allocate(byteCount: capacity, alignment: 4096)
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    /// Room for one frame of content.
    var frame: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: input[..<Encoding.frameSize])
    }

    /// Makes both buffers hold `count` bytes; what they held is lost if they grow.
    func reserve(_ count: Int) {
        guard count > input.count else { return }
        input.deallocate()
        output.deallocate()
        input = .allocate(byteCount: count, alignment: 4096)
        output = .allocate(byteCount: count, alignment: 4096)
    }

    func codec(for encoding: Encoding) throws(CodecError) -> any FrameCodec {
        if let codec = codecs[encoding] { return codec }
        let codec = try encoding.makeCodec(level: level)
        codecs[encoding] = codec
        return codec
    }
}
