import DVFormats

/// Plots with their data, and what could not be read.
package struct PlotsReport: Sendable {
    package enum Picture: Sendable {
        case data(DataPlot)
        case images([PlotImage])
    }

    /// A file that could not be read at a revision.
    package struct SourceProblem: Sendable {
        package let revision: String
        package let file: String
        package let problem: PlotProblem
    }

    /// A revision whose plots are not known, or that has none to show for one reason.
    package struct RevisionProblem: Sendable {
        package let revision: String
        package let problem: PlotProblem
    }

    package struct Entry: Sendable {
        package let name: String
        package let picture: Picture
        package let sourceProblems: [SourceProblem]
        package let problems: [RevisionProblem]
    }

    package internal(set) var entries: [Entry] = []
    /// Revisions whose definitions could not be read.
    package internal(set) var problems: [RevisionProblem] = []
    /// Those for which anything could not be read, in order.
    package internal(set) var failedRevisions: [String] = []
    /// The targets, if there is nothing that any of them means.
    package internal(set) var unknownTargets: [String] = []

    /// With each image once: one that is defined and is a target too has two entries of one name, as images are
    /// named by their files.
    static func joiningImages(_ entries: [Entry]) -> [Entry] {
        var joined: [Entry] = []
        var places: [String: Int] = [:]
        for entry in entries {
            guard case .images(let images) = entry.picture else {
                joined.append(entry)
                continue
            }
            guard let place = places[entry.name], case .images(let known) = joined[place].picture
            else {
                places[entry.name] = joined.count
                joined.append(entry)
                continue
            }
            let old = joined[place]
            let new = images.filter { image in !known.contains { $0.revision == image.revision } }
            let problems = entry.sourceProblems.filter { problem in
                !old.sourceProblems.contains { $0.revision == problem.revision }
            }
            joined[place] = Entry(
                name: old.name,
                picture: .images(known + new),
                sourceProblems: old.sourceProblems + problems,
                problems: old.problems
            )
        }
        return joined
    }

    package var hasPlots: Bool {
        entries.contains {
            switch $0.picture {
            case .data(let plot): !plot.points.isEmpty
            case .images(let images): !images.isEmpty
            }
        }
    }
}

/// A template that is nowhere to be found.
package struct PlotTemplateMissing: Error, Sendable {
    package let name: String
}
