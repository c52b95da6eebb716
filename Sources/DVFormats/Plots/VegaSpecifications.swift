/// Lines, points and bars.
extension DataValue {
    private typealias Part = VegaParts

    private static let numbers = Part.axes(
        Part.axis("x", "quantitative"),
        Part.axis("y", "quantitative")
    )

    private static let freeY = Part.axis("y", "quantitative").adding(Part.withoutZero)

    private static let colored: DataValue = ["color": Part.anchor("color")]

    /// Straight lines between points.
    static let simple = Part.head.adding(Part.zoom).adding(Part.size).adding([
        "mark": ["type": "line", "tooltip": Part.dataTooltip],
        "encoding": Part.axes(Part.axis("x", "quantitative"), freeY).adding(colored).adding([
            "strokeDash": Part.anchor("stroke_dash"), "tooltip": Part.anchor("tooltip"),
        ]),
    ])

    static let scatter = Part.head.adding(Part.size).adding([
        "mark": ["type": "point", "tooltip": Part.dataTooltip],
        "params": [Part.anchor("zoom_and_pan")],
        "encoding": numbers.adding(colored).adding(shaped),
    ])

    private static let shaped: DataValue = [
        "shape": Part.anchor("shape"), "tooltip": Part.anchor("tooltip"),
    ]

    private static func random(_ name: String) -> DataValue {
        ["calculate": "random()", "as": .string(name)]
    }

    /// Points that are moved a little, so that equal ones are seen.
    static let jitteredScatter = Part.head.adding(Part.size).adding([
        "transform": [random("randomX"), random("randomY")],
        "mark": ["type": "point", "tooltip": Part.dataTooltip],
        "encoding": Part.axes(Part.axis("x", nil), Part.axis("y", nil)).adding(colored)
            .adding(shaped).adding([
                "xOffset": ["field": "randomX", "type": "quantitative"],
                "yOffset": ["field": "randomY", "type": "quantitative"],
            ]),
    ])

    /// Horizontal bars, longest first if `sort` says so.
    static func bars(sort: String?) -> DataValue {
        let names = Part.axis("y", "nominal")
        return Part.head.adding(Part.size).adding([
            "mark": ["type": "bar"],
            "params": [Part.anchor("zoom_and_pan")],
            "encoding": Part.axes(
                Part.axis("x", "quantitative").adding(Part.withoutZero),
                sort.map { names.adding(["sort": .string($0)]) } ?? names
            )
            .adding(["yOffset": ["field": "rev", "sort": []]])
            .adding(colored).adding(["column": Part.anchor("column")]),
        ])
    }

    // MARK: Smoothed lines

    private static let coloredByRevision: DataValue = ["color": Part.revisionColor]

    /// Lines with a slider for how smooth they are, the last point of each, and a rule below the pointer.
    static let smooth = Part.head.adding(Part.size).adding([
        "params": [
            [
                "name": "smooth", "value": 0.001,
                "bind": ["input": "range", "min": 0.001, "max": 1, "step": 0.001],
            ]
        ],
        "encoding": DataValue.mapping([("x", Part.axis("x", "quantitative"))]).adding(colored)
            .adding(["strokeDash": Part.anchor("stroke_dash")]),
        "layer": [smoothedLines, rawLines, lastPoints, pointerRule],
    ])

    private static let smoothedLines: DataValue = [
        "layer": [
            ["params": [Part.anchor("zoom_and_pan")], "mark": "line"],
            ["transform": [["filter": ["param": "hover", "empty": false]]], "mark": "point"],
        ],
        "encoding": DataValue.mapping([("y", freeY)]).adding(coloredByRevision),
        "transform": [
            [
                "loess": Part.anchor("y"), "on": Part.anchor("x"),
                "groupby": Part.anchor("group_by"), "bandwidth": ["signal": "smooth"],
            ]
        ],
    ]

    private static let rawLines: DataValue = [
        "mark": ["type": "line", "opacity": 0.2],
        "encoding": Part.axes(Part.axis("x", "quantitative"), freeY).adding(coloredByRevision),
    ]

    private static let lastPoints: DataValue = [
        "mark": ["type": "circle", "size": 10],
        "encoding": Part.axes(
            DataValue.mapping([("aggregate", "max")]).adding(Part.axis("x", "quantitative")),
            DataValue.mapping([("aggregate", ["argmax": Part.anchor("x")])]).adding(freeY)
        )
        .adding(coloredByRevision),
    ]

    private static let pointerRule: DataValue = [
        "transform": [
            ["calculate": Part.anchor("pivot_field"), "as": "pivot_field"],
            [
                "pivot": "pivot_field", "op": "mean", "value": Part.anchor("y"),
                "groupby": [Part.anchor("x")],
            ],
        ],
        "mark": ["type": "rule", "tooltip": Part.dataTooltip, "stroke": "grey"],
        "encoding": [
            "opacity": [
                "condition": ["value": 0.3, "param": "hover", "empty": false], "value": 0,
            ]
        ],
        "params": [
            [
                "name": "hover",
                "select": [
                    "type": "point", "fields": [Part.anchor("x")], "nearest": true,
                    "on": "mouseover", "clear": "mouseout",
                ],
            ]
        ],
    ]
}
