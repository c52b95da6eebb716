import DVPipeline
import DVProject

/// A graph in one of the forms that `dag` knows.
struct DAGView {
    enum Format {
        case boxes, dot, mermaid, markdown, svg, html
    }

    private let report: DAGReport
    private let format: Format

    init(_ report: DAGReport, _ format: Format) {
        self.report = report
        self.format = format
    }

    var text: String {
        let diagram = report.diagram
        return switch format {
        case .boxes: DiagramDrawing.lines(diagram).joined(separator: "\n")
        case .dot: diagram.dot
        case .mermaid: diagram.mermaid
        case .markdown: "```mermaid\n\(diagram.mermaid)\n```"
        case .svg: DiagramPicture(diagram, report.states).svg
        case .html: page(DiagramPicture(diagram, report.states).svg)
        }
    }

    private func page(_ picture: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Pipelines</title>
        <style>body { margin: 0; background: #fff }</style>
        </head>
        <body>
        \(picture)
        </body>
        </html>
        """
    }
}
