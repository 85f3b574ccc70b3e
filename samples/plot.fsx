// Draws charts as one SVG file: panels side by side, each with axes, named curves and dots. Other scripts load this one; alone it
// prints nothing.

open System
open System.IO
open System.Net

/// How the points of a series are drawn.
type Mark =
    | Line
    | Dashes
    | Dots
    | Rings

type Series =
    {
        Name: string
        Colour: string
        Mark: Mark
        Points: (float * float) list
    }

type Panel =
    {
        Title: string
        XLabel: string
        YLabel: string
        /// Whether the horizontal axis is logarithmic.
        IsLogarithmic: bool
        Series: Series list
    }

let private width, height, lineHeight = 520.0, 400.0, 18.0
let private left, right, top, bottom = 66.0, 16.0, 42.0, 54.0

let private number (value: float) =
    let rounded = Math.Round(value, 2)
    rounded.ToString(Globalization.CultureInfo.InvariantCulture)

let private text anchor size (x: float) (y: float) (more: string) (content: string) =
    let escaped = WebUtility.HtmlEncode content
    $"""<text x="{number x}" y="{number y}" font-size="{size}" text-anchor="{anchor}" {more}>{escaped}</text>"""

let private line (x1: float) (y1: float) (x2: float) (y2: float) (stroke: string) =
    $"""<line x1="{number x1}" y1="{number y1}" x2="{number x2}" y2="{number y2}" stroke="{stroke}"/>"""

/// Between four and nine round numbers that span the range.
let private roundTicks (low: float) (high: float) =
    let rough = (high - low) / 6.0
    let power = 10.0 ** floor (log10 rough)

    let step =
        [ 1.0; 2.0; 5.0; 10.0 ]
        |> List.map ((*) power)
        |> List.find (fun step -> step >= rough)

    [
        for index in int (ceil (low / step - 1e-9)) .. int (floor (high / step + 1e-9)) -> float index * step
    ]

let private powerTicks (low: float) (high: float) =
    let factors = if high - low > 2.5 then [ 1.0 ] else [ 1.0; 2.0; 5.0 ]

    [
        for power in int (floor low) .. int (ceil high) do
            for factor in factors do
                let tick = float power + log10 factor

                if tick >= low - 1e-9 && tick <= high + 1e-9 then
                    tick
    ]

/// Smallest and largest, with a little room on both sides.
let private range (values: float list) =
    let low, high = List.min values, List.max values
    let room = if high > low then 0.04 * (high - low) else 1.0
    low - room, high + room

let private drawSeries place (series: Series) =
    let points = series.Points |> List.map place

    let curve dashes =
        let path =
            points |> List.map (fun (x, y) -> $"{number x},{number y}") |> String.concat " "

        [
            $"""<polyline points="{path}" fill="none" stroke="{series.Colour}" stroke-width="2"{dashes}/>"""
        ]

    match series.Mark with
    | Line -> curve ""
    | Dashes -> curve " stroke-dasharray=\"7 5\""
    | Dots ->
        [
            for x, y in points -> $"""<circle cx="{number x}" cy="{number y}" r="3" fill="{series.Colour}"/>"""
        ]
    | Rings ->
        [
            for x, y in points -> $"""<circle cx="{number x}" cy="{number y}" r="6" fill="none" stroke="{series.Colour}" stroke-width="1.5"/>"""
        ]

let private drawAxes panel (placeX: float -> float) (placeY: float -> float) xTicks yTicks =
    [
        for tick in xTicks do
            let shown = if panel.IsLogarithmic then 10.0 ** tick else tick
            line (placeX tick) (height - bottom) (placeX tick) top "#e8e8e8"
            text "middle" 12 (placeX tick) (height - bottom + 17.0) "" (sprintf "%.6g" shown)
        for tick in yTicks do
            line left (placeY tick) (width - right) (placeY tick) "#e8e8e8"
            text "end" 12 (left - 7.0) (placeY tick + 4.0) "" (sprintf "%.6g" tick)
        let middle = (top + height - bottom) / 2.0
        text "middle" 15 ((left + width - right) / 2.0) 24.0 "font-weight=\"bold\"" panel.Title
        text "middle" 13 ((left + width - right) / 2.0) (height - 14.0) "" panel.XLabel
        text "middle" 13 17.0 middle $"transform=\"rotate(-90 17 {number middle})\"" panel.YLabel
    ]

/// The names of the series with their colours, a line each below the axis.
let private drawLegend (panel: Panel) =
    [
        for index, series in List.indexed panel.Series do
            let y = height + 10.0 + lineHeight * float index
            $"""<rect x="{number (left + 8.0)}" y="{number (y - 8.0)}" width="16" height="6" fill="{series.Colour}"/>"""
            text "start" 12 (left + 32.0) y "" series.Name
    ]

let private drawPanel (index: int) (panel: Panel) =
    let scaleX x =
        if panel.IsLogarithmic then log10 x else x

    let points = panel.Series |> List.collect _.Points
    let lowX, highX = points |> List.map (fst >> scaleX) |> range
    let lowY, highY = points |> List.map snd |> range

    let placeX x =
        left + (x - lowX) / (highX - lowX) * (width - left - right)

    let placeY y =
        height - bottom - (y - lowY) / (highY - lowY) * (height - top - bottom)

    let xTicks = (if panel.IsLogarithmic then powerTicks else roundTicks) lowX highX

    [
        $"""<g transform="translate({number (width * float index)} 0)">"""
        yield! drawAxes panel placeX placeY xTicks (roundTicks lowY highY)
        yield!
            panel.Series
            |> List.collect (drawSeries (fun (x, y) -> placeX (scaleX x), placeY y))
        yield! drawLegend panel
        "</g>"
    ]

/// Writes the panels, side by side, to an SVG file in the current directory and says so.
let save (file: string) (panels: Panel list) =
    let totalWidth = width * float panels.Length
    let legendLines = panels |> List.map _.Series.Length |> List.max
    let totalHeight = height + lineHeight * float legendLines + 4.0

    let lines =
        [
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{number totalWidth}" height="{number totalHeight}" font-family="sans-serif">"""
            """<rect width="100%" height="100%" fill="white"/>"""
            yield! panels |> List.mapi drawPanel |> List.concat
            "</svg>"
        ]

    File.WriteAllLines(file, lines)
    printfn $"The plot is in {file}."
