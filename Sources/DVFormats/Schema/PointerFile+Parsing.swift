extension PointerFile {
    private static let known = [
        "md5", "wdir", "deps", "outs", "locked", "frozen", "meta", "always_changed", "desc", "cmd",
    ]
    private static let outputFields =
        ContentFields.known + OutputOptionFields.known + ["fs_config", "metric", "plot"]
    private static let dependencyFields =
        ContentFields.known + ["repo", "db", "fs_config", "persist", "params"]

    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let document = try YAMLDocument(parsing: bytes, file: file)
        guard let root = document.root else {
            throw FormatError(file: file, problem: "the file is empty, expected 'outs'")
        }
        self = try SchemaReader.readingAll(root, file: file) { reader throws(FormatError) in
            var pointer = PointerFile(outputs: [])
            for field in try reader.fields(Self.known, what: "a mapping with 'outs'") {
                try reader.attempt { () throws(FormatError) in try pointer.read(field) }
            }
            return pointer
        }
    }

    private mutating func read(_ field: SchemaEntry) throws(FormatError) {
        let value = field.value
        switch field.name {
        case "cmd":
            throw value.error("commands in .dvc files are not supported: use stages of dvc.yaml")
        case "wdir": workingDirectory = value.isNull ? nil : try value.string("a folder")
        case "frozen", "locked": isFrozen = try value.bool() || isFrozen
        case "always_changed": _ = try value.bool()
        case "desc": description = try value.string()
        case "md5": stageDigest = value.isNull ? nil : value.node.text
        case "meta": meta = value.isNull ? nil : try value.value()
        case "outs" where !value.isNull:
            for item in try value.items("a list of outputs") {
                try value.attempt { () throws(FormatError) in
                    outputs.append(try Self.output(item))
                }
            }
        case "deps" where !value.isNull:
            for item in try value.items("a list of dependencies") {
                try value.attempt { () throws(FormatError) in
                    dependencies.append(try Self.dependency(item))
                }
            }
        default: break
        }
    }

    private static func output(_ reader: SchemaReader) throws(FormatError) -> PointerOutput {
        var content = ContentFields()
        var options = OutputOptionFields()
        for field in try reader.fields(outputFields, what: "a mapping with 'path'") {
            try reader.attempt { () throws(FormatError) in
                if try !content.read(field) { _ = try options.read(field) }
            }
        }
        return PointerOutput(try content.recorded(in: reader), options: options.options)
    }

    /// An import from a database has no path.
    private static func dependency(_ reader: SchemaReader) throws(FormatError) -> PointerDependency
    {
        var content = ContentFields()
        let fields = try reader.fields(dependencyFields, what: "a mapping with 'path'")
        var repository: ImportedRepository?
        var storageOptions: [StorageOption] = []
        for field in fields {
            try reader.attempt { () throws(FormatError) in
                if field.name == "repo" { repository = try ImportedRepository(field.value) }
                if field.name == "fs_config" { storageOptions = try options(field.value) }
                _ = try content.read(field)
            }
        }
        if !fields.contains(where: { $0.name == "path" }),
            fields.contains(where: { $0.name == "db" })
        {
            return PointerDependency(path: "")
        }
        var dependency = PointerDependency(path: "", repository: repository)
        dependency.recorded = try content.recorded(in: reader)
        dependency.storageOptions = storageOptions
        return dependency
    }

    private static func options(_ reader: SchemaReader) throws(FormatError) -> [StorageOption] {
        guard !reader.isNull else { return [] }
        var options: [StorageOption] = []
        for entry in try reader.entries("a mapping of options") {
            // Lists and the like are no options that a storage here has.
            guard let text = entry.value.node.text else { continue }
            options.append(StorageOption(name: entry.name, value: text))
        }
        return options
    }
}
