import DVHashing
import DVSystem

extension ObjectStore {
    /// Reads small objects into the scratch, verified side by side, for `restore` or an insertion into another store
    /// to take them from there; gives how many of `names` were looked at, at least one.
    ///
    /// What cannot be read so is passed over: they come to it again, and tell what is wrong. Throws `Interrupted` only.
    package func readAhead(
        _ names: ArraySlice<ObjectName>,
        scratch: ObjectScratch
    ) throws -> Int {
        let batch = scratch.batch
        batch.removeAll()
        var read: [ObjectName] = []
        var count = 0
        for name in names where !batch.isFull {
            count += 1
            do {
                let object = try open(name)
                if try append(object.stored, object.file, scratch) { read.append(name) }
            } catch let error as Interrupted {
                throw error
            } catch {
                continue
            }
        }
        scratch.progress?.advance(bytes: Int64(batch.verify(as: read, scheme)))
        return count
    }

    /// Adds an object's content to the batch, not yet verified; false if it has more than one frame.
    func append(
        _ stored: StoredObject,
        _ file: borrowing OpenFile,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        let batch = scratch.batch
        guard let content = try stored.smallContent(in: file, scratch, room: batch.room) else {
            return false
        }
        batch.append(content)
        return true
    }
}
