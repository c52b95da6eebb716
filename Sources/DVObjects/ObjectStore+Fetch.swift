import DVHashing
import DVSystem

/// Content on its way here.
package struct ArrivingContent {
    /// Of the whole object; nil if it is not known.
    package let size: Int64?
    /// Fills its buffer as far as it can, and gives 0 at the end.
    package let read: (UnsafeMutableRawBufferPointer) throws -> Int

    package init(size: Int64?, read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.size = size
        self.read = read
    }
}

/// A content cannot be read from the place on that was asked for.
package struct ResumptionRefused: Error {
    package init() {}
}

extension ObjectStore {
    /// Stores an object from elsewhere; of a large one what has come is kept, and the next call goes on there.
    ///
    /// `open` gives the content from an offset on. Nothing becomes visible unless it is the content of `name`: kept parts are
    /// hashed again. Throws what `open` and reading throw, `ObjectError` and `Interrupted`.
    package func fetch(
        _ name: ObjectName,
        scratch: ObjectScratch,
        opening open: (_ offset: Int64) throws -> ArrivingContent
    ) throws {
        if let part = try ObjectPart(leftOf: name, in: self) {
            do {
                return try goOn(with: part, name, scratch, open)
            } catch ObjectError.unexpectedContent, is ResumptionRefused {
                // The part may be what is wrong.
                try part.remove()
            }
        }
        let content = try open(0)
        let isLarge = (content.size ?? 0) >= ObjectPart.smallestObject
        try insert(
            expecting: name,
            scratch: scratch,
            keeping: isLarge ? ObjectPart(of: name, in: self) : nil,
            from: content.read
        )
    }

    private func goOn(
        with part: ObjectPart,
        _ name: ObjectName,
        _ scratch: ObjectScratch,
        _ open: (Int64) throws -> ArrivingContent
    ) throws {
        var position: Int64 = 0
        var rest: ArrivingContent?
        try insert(expecting: name, scratch: scratch, keeping: part) { buffer in
            if !part.isReplayed {
                let count = try part.read(into: buffer)
                position += Int64(count)
                if count > 0 { return count }
            }
            let content = try rest ?? open(position)
            rest = content
            return try content.read(buffer)
        }
    }
}
