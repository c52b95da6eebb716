import DVFormats
import DVSystem

extension Project {
    /// The user's own template of that name (in `.dvc/plots`, or a path), else one that is built in.
    func plotTemplate(_ name: String?) throws -> PlotTemplate {
        let name = name ?? PlotTemplate.standardName
        let folder = dvcDirectory.appending("plots")
        let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        let places = [
            AbsolutePath(name, relativeTo: folder),
            AbsolutePath(stem + ".json", relativeTo: folder), path(of: name),
        ]
        for place in places {
            guard try FileStatus.followingIfPresent(place)?.isRegular == true else { continue }
            return try PlotTemplate(
                name: name,
                parsing: try place.readBytes(),
                file: display(place)
            )
        }
        guard let template = PlotTemplate.builtIn(name) else {
            throw PlotTemplateMissing(name: name)
        }
        return template
    }
}
