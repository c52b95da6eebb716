extension StageDefinition {
    /// The stage as DVC writes it: fixed order of keys, lists sorted, defaults left out.
    var written: DataValue {
        var pairs: [(key: String, value: DataValue)] = [
            ("desc", .string(description ?? "")),
            ("cmd", command.value),
            ("wdir", .string(workingDirectory == "." ? "" : workingDirectory ?? "")),
            ("deps", .list(CodePointOrder.sorted(dependencies).map { .string($0) })),
            ("params", .list(writtenParameters)),
        ]
        let sorted = outputs.sorted { CodePointOrder.precedes($0.path, $1.path) }
        for list in ["outs", "metrics", "plots"] {
            pairs.append((list, .list(sorted.filter { $0.kind.listName == list }.map(\.written))))
        }
        pairs.append(("frozen", .bool(isFrozen)))
        pairs.append(("always_changed", .bool(isAlwaysChanged)))
        pairs.append(("meta", meta ?? .null))
        return .mapping(pairs.filter { !$0.value.isEmptyOrFalse })
    }

    /// Keys of `params.yaml` first, then the other files.
    private var writtenParameters: [DataValue] {
        var own: [DataValue] = []
        var others: [DataValue] = []
        for selection in parameters.sorted(by: { CodePointOrder.precedes($0.file, $1.file) }) {
            let keys: [DataValue] = CodePointOrder.sorted(selection.keys).map { .string($0) }
            if selection.file == ParameterSelection.defaultFile, !keys.isEmpty {
                own += keys
            } else {
                others.append(.mapping([(selection.file, keys.isEmpty ? .null : .list(keys))]))
            }
        }
        return own + others
    }
}

extension StageCommand {
    var value: DataValue {
        switch self {
        case .single(let line): .string(line)
        case .list(let lines): .list(lines.map { .string($0) })
        }
    }
}

extension OutputDefinition {
    var written: DataValue {
        var flags = options.annotations
        if !options.isCached { flags.append(("cache", .bool(false))) }
        if options.isPersistent { flags.append(("persist", .bool(true))) }
        if case .plot(.mapping(let properties)?) = kind { flags += properties }
        if let remote = options.remote, !remote.isEmpty {
            flags.append(("remote", .string(remote)))
        }
        if !options.isPushed { flags.append(("push", .bool(false))) }
        return flags.isEmpty ? .string(path) : .mapping([(path, .mapping(flags))])
    }
}

/// The order of Python's strings: by code points, which is the order of their UTF-8.
enum CodePointOrder {
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    static func sorted(_ strings: [String]) -> [String] {
        strings.sorted(by: precedes)
    }
}
