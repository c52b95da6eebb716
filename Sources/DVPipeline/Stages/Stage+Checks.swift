extension Stage {
    /// What DVC checks of a stage that is being added, beyond the graph's rules.
    package func checkArguments(at place: ProjectPlace) throws(GraphError) {
        let external = outputs.filter {
            $0.options.isCached && ($0.written.contains("://") || !place.contains($0.path))
        }
        guard external.isEmpty else { throw .externalOutputs(external.map(\.display)) }
        let inputs = Set(inputPaths)
        if let both = outputs.first(where: { inputs.contains($0.path) }) {
            throw .outputIsDependency(both.path.string)
        }
        var seen: Set<String> = []
        for path in inputPaths + outputs.map(\.path)
        where !seen.insert(path.string).inserted {
            throw .duplicateArgument(path.string)
        }
    }

    /// Whether its outputs follow from what it declares, so that a known result may stand for a run.
    package func isCacheable(at place: ProjectPlace) -> Bool {
        command != nil && !isAlwaysChanged && !inputPaths.isEmpty && !outputs.isEmpty
            && dependencies.allSatisfy(\.isPath)
            && outputs.allSatisfy { !$0.options.isPersistent && place.contains($0.path) }
    }
}
