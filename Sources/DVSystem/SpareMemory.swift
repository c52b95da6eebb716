import Synchronization

/// Page-aligned memory that is handed on from one user to the next.
///
/// Mapping a megabyte anew and giving it back costs more than reading a small file, above all with several threads.
package enum SpareMemory {
    /// Sendable because a block that is in the list belongs to nobody, and one that is not to whoever took it.
    private struct Block: @unchecked Sendable {
        let memory: UnsafeMutableRawBufferPointer
    }

    private static let blocks = Mutex<[Block]>([])
    private static let mostBlocks = 4
    private static let largestBlock = 2 << 20

    /// What is in it is not defined.
    package static func take(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let spare = blocks.withLock { blocks -> Block? in
            guard let index = blocks.firstIndex(where: { $0.memory.count == count }) else {
                return nil
            }
            return blocks.remove(at: index)
        }
        return spare?.memory ?? .allocate(byteCount: count, alignment: 4096)
    }

    /// Only what `take` gave, once.
    package static func giveBack(_ memory: UnsafeMutableRawBufferPointer) {
        let block = Block(memory: memory)
        let isKept = blocks.withLock { blocks in
            guard blocks.count < mostBlocks, block.memory.count <= largestBlock else {
                return false
            }
            blocks.append(block)
            return true
        }
        if !isKept { memory.deallocate() }
    }
}
