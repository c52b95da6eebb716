import DVFormats
import DVPipeline
import DVSystem

extension Stage {
    /// What `resolve.py` tells of a stage of DVC.
    func description(from root: AbsolutePath) -> DataValue {
        .mapping([
            ("address", .string(address)),
            ("cmd", command?.value ?? .null),
            ("wdir", .string(workingDirectory.climbing(from: root))),
            ("deps", .list(dependencies.map { .string($0.written) })),
            (
                "params",
                .mapping(parameters.map { ($0.written, .list($0.keys.map { .string($0) })) })
            ),
            ("outs", .list(outputs.map(\.description))),
            ("frozen", .bool(isFrozen)),
            ("always_changed", .bool(isAlwaysChanged)),
            ("desc", .string(summary ?? "")),
            ("uses", uses),
        ])
    }

    private var uses: DataValue {
        let files = Dictionary(grouping: usedVariables, by: \.file)
        return .mapping(
            files.map { ($0.key, .mapping($0.value.map { ($0.key, $0.value) })) }
        )
    }
}

extension StageCommand {
    fileprivate var value: DataValue {
        switch self {
        case .single(let line): .string(line)
        case .list(let lines): .list(lines.map { .string($0) })
        }
    }
}

extension StageOutput {
    fileprivate var description: DataValue {
        .mapping([
            ("path", .string(written)),
            ("kind", .string(kind.name)),
            ("properties", .mapping(kind.properties)),
            ("cache", .bool(options.isCached)),
            ("persist", .bool(options.isPersistent)),
            ("push", .bool(options.isPushed)),
            ("remote", .string(options.remote ?? "")),
            ("desc", .string(options.description ?? "")),
            ("type", .string(options.type ?? "")),
            ("labels", .list(options.labels.map { .string($0) })),
            ("meta", options.meta ?? .null),
        ])
    }
}

extension OutputDefinition.Kind {
    fileprivate var name: String {
        switch self {
        case .output: "output"
        case .metric: "metric"
        case .plot: "plot"
        }
    }

    /// The properties of a plot as Python's text.
    fileprivate var properties: [(key: String, value: DataValue)] {
        guard case .plot(let properties?) = self else { return [] }
        return properties.topValues.map { ($0.key, .string($0.value.keyText)) }
    }
}

extension DataValue {
    static func json(_ text: String) throws -> DataValue {
        try ParameterFile.parse(Array(text.utf8), file: "answer.json")
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
