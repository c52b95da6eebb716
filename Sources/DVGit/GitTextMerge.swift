import Clibgit2

/// The line-wise merge of Git, for files that nothing better can merge.
package struct GitTextMerge: Sendable {
    package let bytes: [UInt8]
    /// False if conflict markers stand in the bytes.
    package let isClean: Bool

    package init(
        ancestor: [UInt8],
        ours: [UInt8],
        theirs: [UInt8]
    ) throws(GitError) {
        _ = git_libgit2_init()
        defer { git_libgit2_shutdown() }
        var result = git_merge_file_result()
        let code = Self.with(ancestor) { ancestor in
            Self.with(ours) { ours in
                Self.with(theirs) { theirs in
                    "ours".withCString { ourLabel in
                        "theirs".withCString { theirLabel in
                            var options = git_merge_file_options()
                            git_merge_file_options_init(
                                &options,
                                UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)
                            )
                            (options.our_label, options.their_label) = (ourLabel, theirLabel)
                            return git_merge_file(&result, ancestor, ours, theirs, &options)
                        }
                    }
                }
            }
        }
        guard code == 0 else { throw .last("merge the lines of", "two files", code) }
        defer { git_merge_file_result_free(&result) }
        bytes = Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
        isClean = result.automergeable != 0
    }

    private static func with(
        _ bytes: [UInt8],
        _ body: (UnsafePointer<git_merge_file_input>) -> Int32
    ) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var input = git_merge_file_input()
            git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
            input.ptr = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            input.size = buffer.count
            return body(&input)
        }
    }
}
