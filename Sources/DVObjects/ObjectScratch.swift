import DVHashing
import DVReporting
import DVSystem

/// The buffers and codec contexts of one worker thread.
///
/// Made by `ObjectStore.makeScratch`, used by one thread at a time. It remembers the object whose verified content it
/// holds, so that what was just stored can be restored without reading it again.
package final class ObjectScratch: @unchecked Sendable {
    // Sendable because the store hands a scratch to one thread at a time; nothing inside is shared.

    /// Uncompressed bytes: one frame, or the whole of a small object.
    private(set) var content: UnsafeMutableRawBufferPointer
    /// Encoded bytes on their way in or out.
    private(set) var encoded: UnsafeMutableRawBufferPointer
    /// Made when first asked for: only where many files or objects are on their way.
    private var madeBatch: ContentBatch?
    /// Advanced by the content bytes of what is inserted or restored.
    let progress: Progress?
    private let level: Int?
    private var codecs: [Encoding: any FrameCodec] = [:]
    private var held: (name: ObjectName, scheme: HashScheme, count: Int)?

    init(level: Int?, progress: Progress?) {
        self.level = level
        self.progress = progress
        let capacity = Encoding.allCases.map { $0.capacity(for: Encoding.frameSize) }.max() ?? 0
        // Pages are taken as they are touched, so small files cost little memory.
        content = SpareMemory.take(capacity)
        encoded = SpareMemory.take(capacity)
    }

    deinit {
        SpareMemory.giveBack(content)
        SpareMemory.giveBack(encoded)
    }

    /// The place for `count` bytes of content, at most a frame unless more were reserved; what was held is forgotten.
    func contentBuffer(_ count: Int = Encoding.frameSize) -> UnsafeMutableRawBufferPointer {
        held = nil
        return UnsafeMutableRawBufferPointer(rebasing: content[..<count])
    }

    /// The place for `count` encoded bytes, at most those of a frame unless more were reserved.
    func encodedBuffer(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: encoded[..<count])
    }

    /// Several small contents at once.
    var batch: ContentBatch {
        if let madeBatch { return madeBatch }
        let batch = ContentBatch()
        madeBatch = batch
        return batch
    }

    /// Tells that the first `count` bytes of the content are those of `name`, verified.
    func hold(_ name: ObjectName, _ scheme: HashScheme, count: Int) {
        held = (name, scheme, count)
    }

    /// The verified content of `name`, if it is still here.
    func heldContent(of name: ObjectName, _ scheme: HashScheme) -> UnsafeRawBufferPointer? {
        guard let held, held.name == name, held.scheme == scheme else {
            return madeBatch?.heldContent(of: name, scheme)
        }
        return UnsafeRawBufferPointer(rebasing: content[..<held.count])
    }

    /// Makes room for a frame of these sizes and for encoding it again; what was in the buffers is lost if they grow.
    func reserve(_ sizes: FrameSizes) {
        let capacity = Encoding.allCases.map { $0.capacity(for: sizes.content) }.max() ?? 0
        let count = max(sizes.encoded, capacity)
        guard count > content.count else { return }
        held = nil
        SpareMemory.giveBack(content)
        SpareMemory.giveBack(encoded)
        content = SpareMemory.take(count)
        encoded = SpareMemory.take(count)
    }

    func codec(for encoding: Encoding) throws(CodecError) -> any FrameCodec {
        if let codec = codecs[encoding] { return codec }
        let codec = try encoding.makeCodec(level: level)
        codecs[encoding] = codec
        return codec
    }
}
