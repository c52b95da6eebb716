/// How often each pair of values occurs.
extension DataValue {
    private typealias Part = VegaParts

    private static let facets: DataValue = [
        "facet": ["column": ["field": "rev", "sort": []], "row": Part.anchor("row")]
    ]

    /// Counts, with a box that shows them as numbers.
    static let confusion = Part.head.adding(facets).adding([
        "params": [["name": "showValues", "bind": ["input": "checkbox"]]],
        "spec": matrix(
            Shade(
                field: "xy_count",
                scale: ["domainMin": 0, "nice": true],
                tooltip: ["field": "xy_count", "type": "quantitative"],
                darkTest: "datum.percent_of_max > 0.5"
            ),
            groupedByX: Part.anchor("group_by_y"),
            [
                share("max", as: "max_count", groupedBy: []),
                ["calculate": "datum.xy_count / datum.max_count", "as": "percent_of_max"],
            ],
            text: [
                "text": [
                    "condition": [
                        "param": "showValues", "field": "xy_count", "type": "quantitative",
                    ]
                ]
            ]
        ),
    ])

    /// Counts as parts of all that share their y.
    static let normalizedConfusion = Part.head.adding(facets).adding([
        "spec": matrix(
            Shade(
                field: "percent_of_y",
                scale: ["domain": [0, 1]],
                tooltip: ["field": "percent_of_y", "type": "quantitative", "format": ".2f"],
                darkTest: "datum.percent_of_y > 0.5"
            ),
            groupedByX: ["rev", Part.anchor("y")],
            [
                share("sum", as: "sum_y", groupedBy: [Part.anchor("y")]),
                ["calculate": "datum.xy_count / datum.sum_y", "as": "percent_of_y"],
            ],
            text: [:]
        )
    ])

    /// How a cell is coloured and described.
    private struct Shade {
        let field: String
        let scale: DataValue
        let tooltip: DataValue
        let darkTest: String
    }

    private static func matrix(
        _ shade: Shade,
        groupedByX: DataValue,
        _ shares: [DataValue],
        text: DataValue
    ) -> DataValue {
        let counts: [DataValue] = [
            [
                "aggregate": [["op": "count", "as": "xy_count"]],
                "groupby": [Part.anchor("y"), Part.anchor("x")],
            ],
            zeros(groupedBy: groupedByX, key: "x"),
            zeros(groupedBy: Part.anchor("group_by_x"), key: "y"),
        ]
        return [
            "transform": .list(counts + shares),
            "encoding": Part.axes(
                Part.axis("x", "nominal", ["sort": "ascending"]),
                Part.axis("y", "nominal", ["sort": "ascending"])
            ),
            "layer": [
                cells(shade), pointedCell(shade),
                [
                    "transform": [["filter": ["selection": "label"]]],
                    "layer": [["mark": ["type": "rect", "color": "lightpink"]]],
                ],
                ["mark": "text", "encoding": text.adding(numberColor(shade))],
            ],
        ]
    }

    /// A pair that never occurs counts as 0.
    private static func zeros(groupedBy group: DataValue, key: String) -> DataValue {
        ["impute": "xy_count", "groupby": group, "key": Part.anchor(key), "value": 0]
    }

    private static func share(
        _ operation: String,
        as name: String,
        groupedBy group: DataValue
    ) -> DataValue {
        [
            "joinaggregate": [
                ["op": .string(operation), "field": "xy_count", "as": .string(name)]
            ],
            "groupby": group,
        ]
    }

    private static func cells(_ shade: Shade) -> DataValue {
        DataValue.mapping([("mark", "rect")]).adding(Part.size).adding([
            "encoding": [
                "color": [
                    "field": .string(shade.field), "type": "quantitative", "title": "",
                    "scale": shade.scale,
                ]
            ]
        ])
    }

    private static func pointedCell(_ shade: Shade) -> DataValue {
        [
            "selection": [
                "label": [
                    "type": "single", "on": "mouseover", "encodings": ["x", "y"],
                    "empty": "none", "clear": "mouseout",
                ]
            ],
            "mark": "rect",
            "encoding": [
                "tooltip": [Part.field("x", "nominal"), Part.field("y", "nominal"), shade.tooltip],
                "opacity": ["condition": ["selection": "label", "value": 1], "value": 0],
            ],
        ]
    }

    private static func numberColor(_ shade: Shade) -> DataValue {
        [
            "color": [
                "condition": ["test": .string(shade.darkTest), "value": "white"], "value": "black",
            ]
        ]
    }
}
