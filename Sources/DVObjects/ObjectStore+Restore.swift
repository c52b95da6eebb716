import DVHashing
import DVSystem

/// How a workspace file is made from an object.
package struct RestoreOptions: Sendable {
    /// Tried in this order; nil for the store's setting.
    package var linkTypes: [LinkType]?
    /// False: something at the target is `ObjectError.targetExists`.
    ///
    /// True: a file there is replaced at once.
    package var isReplacing = false
    /// Copies and reflinks only: such a file is never hard- or symlinked, because the bit belongs to the object's inode.
    package var isExecutable = false
    /// Of copies and reflinks; nil for 0666 less the umask, as DVC has it.
    package var permissions: UInt16?
    /// Whether the object file with this status was verified before and need not be hashed for a link.
    package var isKnownGood: @Sendable (ObjectName, FileStatus) -> Bool = { _, _ in false }

    package init() {}
}

/// A file that was made from an object.
package struct RestoredFile: Hashable, Sendable {
    /// Of the new file, after it got its name; of a symbolic link itself.
    package let status: FileStatus
    package let link: LinkType
    /// Whether `status` still has the modification time that was set before the file got its name (copies), or that the
    /// object had (hard links): nobody has written since.
    package let isUntouched: Bool
    /// The object's file if it was hashed just now and found good, which is worth remembering.
    package let verifiedObject: FileStatus?
}

extension ObjectStore {
    /// Puts an object's content at `path` atomically, every byte verified; the parent directory must exist.
    ///
    /// Copies and reflinks get a modification time of 20 ms ago, so that any later change of the file shows. Throws
    /// `ObjectError`, `SystemError` (the target cannot be written) and `Interrupted`.
    package func restore(
        _ name: ObjectName,
        to path: AbsolutePath,
        options: RestoreOptions = RestoreOptions(),
        scratch: ObjectScratch
    ) throws -> RestoredFile {
        let restoration = Restoration(store: self, name: name, target: path, options: options)
        let types = options.linkTypes ?? settings.linkTypes
        if isCopying(types), let content = scratch.heldContent(of: name, scheme) {
            return try restoration.copy(content)
        }
        let object = try open(name)
        for type in types {
            // A clone of an encoded object is no use; a copy of its content is just as independent.
            let isCopy = type == .copy || (type == .reflink && object.stored.encoding != nil)
            if isCopy || restoration.mustCopy(object.stored, as: type) {
                return try restoration.copy(object, scratch)
            }
            if type == .reflink, types.contains(.copy), !isReflinkPossible { continue }
            let stored =
                type == .reflink ? object.stored : try plainForm(of: object, scratch)
            if let file = try restoration.link(stored, as: type, scratch) { return file }
            if type == .reflink { forgetReflinks() }
        }
        throw ObjectError.noLinkPossible(name, path, types)
    }

    /// Whether restored files become copies, for which reading ahead is of use.
    package var isCopying: Bool { isCopying(settings.linkTypes) }

    /// Whether files become copies, as far as this can be told without a look at their objects.
    private func isCopying(_ types: [LinkType]) -> Bool {
        types.first == .copy
            || (types.first == .reflink && types.contains(.copy) && !isReflinkPossible)
    }

    /// The plain object, made from the encoded one if need be (which stays until it is collected).
    private func plainForm(
        of object: borrowing OpenObject,
        _ scratch: ObjectScratch
    ) throws -> StoredObject {
        let stored = object.stored
        guard stored.encoding != nil else { return stored }
        let path = layout.path(of: stored.name, nil)
        var temporary = try makeTemporary(in: path.parent, isReplacing: false)
        try decode(object, into: temporary.file, scratch)
        _ = try publish(&temporary, as: stored.name, nil, replacing: nil)
        guard let plain = try find(stored.name, nil) else { throw ObjectError.missing(stored.name) }
        return plain
    }
}
