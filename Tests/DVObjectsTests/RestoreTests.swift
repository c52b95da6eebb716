import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import Glibc
import Testing

@Suite struct RestoreTests {
    private func options(
        _ types: [LinkType],
        isReplacing: Bool = false,
        isExecutable: Bool = false
    ) -> RestoreOptions {
        var options = RestoreOptions()
        options.linkTypes = types
        options.isReplacing = isReplacing
        options.isExecutable = isExecutable
        return options
    }

    @Test(arguments: [false, true])
    func `a hard link shares the object's file`(isReplacing: Bool) throws {
        let fixture = try StoreFixture(.none, links: [.hardlink, .copy])
        let name = try fixture.insert(Content.text(100))
        if isReplacing { try fixture.directory.write("old", to: "restored") }
        let file = try fixture.restore(
            name,
            "restored",
            options([.hardlink], isReplacing: isReplacing)
        )
        let object = try FileStatus.following(fixture.plainPath(name))
        #expect(file.link == .hardlink)
        #expect(file.status.inode == object.inode)
        #expect(file.status.linkCount == 2)
        #expect(file.verifiedObject?.inode == object.inode)
        let again = try fixture.restore(name, "restored", options([.hardlink], isReplacing: true))
        #expect(again.status.linkCount == 2)
        #expect(try fixture.directory.path.childNames().count == 3)
    }

    @Test(arguments: [false, true])
    func `a symbolic link names the object's file absolutely`(isReplacing: Bool) throws {
        let fixture = try StoreFixture(.none, links: [.symlink])
        let name = try fixture.insert(Content.text(100))
        if isReplacing { try fixture.directory.write("old", to: "restored") }
        let file = try fixture.restore(
            name,
            "restored",
            options([.symlink], isReplacing: isReplacing)
        )
        #expect(file.link == .symlink)
        #expect(file.status.isSymbolicLink)
        let target = try fixture.directory.appending("restored").symbolicLinkTarget()
        #expect(target == fixture.plainPath(name).filePath)
    }

    @Test func `where blocks cannot be shared the next link type is used`() throws {
        let fixture = try StoreFixture(.none, in: "/dev/shm")
        let name = try fixture.insert(Content.text(100))
        let file = try fixture.restore(name, "restored", options([.reflink, .hardlink, .copy]))
        #expect(file.link == .hardlink)
        #expect(
            throws: ObjectError.noLinkPossible(name, fixture.directory.appending("x"), [.reflink])
        ) {
            try fixture.restore(name, "x", options([.reflink]))
        }
    }

    @Test func `an object too far for a hard link is copied`() throws {
        let fixture = try StoreFixture(.none)
        let other = try TemporaryDirectory(in: "/dev/shm")
        let name = try fixture.insert(Content.text(100))
        let file = try fixture.store.restore(
            name,
            to: other.appending("restored"),
            options: options([.hardlink, .copy]),
            scratch: fixture.store.makeScratch()
        )
        #expect(file.link == .copy)
    }

    @Test func `executable and empty files are copied where links are wanted`() throws {
        let fixture = try StoreFixture(.none, links: [.hardlink])
        let script = try fixture.insert(Array("#!/bin/sh\n".utf8))
        let empty = try fixture.insert([])
        let file = try fixture.restore(script, "a", options([.hardlink], isExecutable: true))
        #expect(file.link == .copy)
        #expect(file.status.isExecutable)
        #expect(try fixture.restore(empty, "b", options([.hardlink])).link == .copy)
        #expect(try FileStatus.following(fixture.plainPath(script)).permissions == 0o444)
    }

    @Test func `a hard link to a compressed object makes it plain first`() throws {
        let fixture = try StoreFixture(.zstd)
        let name = try fixture.insert(Content.text(50_000))
        let file = try fixture.restore(name, "restored", options([.hardlink]))
        #expect(file.link == .hardlink)
        #expect(try fixture.content() == Digest(of: Content.text(50_000)))
        #expect(file.status.permissions == 0o444)
    }

    @Test func `a known good object is linked without being read`() throws {
        let fixture = try StoreFixture(.none)
        let name = try fixture.insert(Content.text(100))
        var options = options([.hardlink])
        options.isKnownGood = { _, _ in true }
        #expect(try fixture.restore(name, "restored", options).verifiedObject == nil)
    }

    @Test(arguments: LinkType.allCases)
    func `what is at the target stays unless it may be replaced`(type: LinkType) throws {
        let fixture = try StoreFixture(.none)
        let name = try fixture.insert(Content.text(100))
        let target = try fixture.directory.write("mine", to: "restored")
        #expect(throws: ObjectError.targetExists(target)) {
            try fixture.restore(name, "restored", options([type, .copy]))
        }
        #expect(try fixture.content() == Digest(of: Array("mine".utf8)))
        _ = try fixture.restore(name, "restored", options([type, .copy], isReplacing: true))
        #expect(try fixture.content() == Digest(of: Content.text(100)))
    }

    @Test func `a copy is older than any change made right after it`() throws {
        let fixture = try StoreFixture(.none)
        let name = try fixture.insert(Content.text(100))
        let file = try fixture.restore(name)
        try OpenFile.open(fixture.directory.appending("restored"), O_WRONLY).write([1])
        let changed = try FileStatus.following(fixture.directory.appending("restored"))
        #expect(changed.modified > file.status.modified)
        #expect(file.status.permissions & 0o200 != 0)
    }

    @Test func `a remote's copy can be read-only`() throws {
        let fixture = try StoreFixture(.none)
        var options = RestoreOptions()
        options.permissions = 0o444
        let file = try fixture.restore(try fixture.insert(Content.text(100)), "restored", options)
        #expect(file.status.permissions == 0o444)
    }
}
