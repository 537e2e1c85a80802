internal import Foundation

/// For each of the pixels along one axis, the run of cells it is made of and their weights, which add up to 1.
struct ResizeTable {
    private(set) var starts: [Int] = []
    private(set) var counts: [Int] = []
    /// Pixel after pixel.
    private(set) var weights: [Float] = []

    var pixelCount: Int { starts.count }

    /// `cells` equal cells on as many `pixels`.
    init(cells: Int, pixels: Int, method: PictureParameters.Method) {
        let scale = Double(cells) / Double(pixels)
        // Added up as Pillow does, whose rounding decides where a center falls between two cells.
        var added = 0.5 * scale
        for pixel in 0..<pixels {
            defer { added += scale }
            let center = (Double(pixel) + 0.5) * scale
            switch method {
            case .nearest: append(min(Int(added), cells - 1), [1])
            case .bilinearPlain: appendPlain(center, cells)
            case .bilinear: appendFiltered(center, max(scale, 1), cells, reach: 1) { max(0, 1 - abs($0)) }
            case .area:
                appendFiltered(center, max(scale, 1), cells, reach: 0.5) { $0 > -0.5 && $0 <= 0.5 ? 1 : 0 }
            }
        }
    }

    /// The bins 0 … half the sample rate on a logarithmic axis. Bin k's cell reaches half a bin to either side.
    init(bins: Int, sampleRate: Int, pixels: Int, method: PictureParameters.Method) {
        let axis = FrequencyAxis(highest: Double(sampleRate) / 2)
        let step = Double(sampleRate) / 2 / Double(bins - 1)
        for pixel in 0..<pixels {
            if method == .nearest {
                let hz = axis.hz(at: (Double(pixel) + 0.5) / Double(pixels))
                append(min(Int((hz / step + 0.5).rounded(.down)), bins - 1), [1])
                continue
            }
            let low = axis.hz(at: Double(pixel) / Double(pixels)) / step
            let high = axis.hz(at: Double(pixel + 1) / Double(pixels)) / step
            let first = min(Int((low + 0.5).rounded(.down)), bins - 1)
            let last = min(Int((high + 0.5).rounded(.down)), bins - 1)
            let shares = (first...last).map { bin in
                max(0, min(high, Double(bin) + 0.5) - max(low, Double(bin) - 0.5))
            }
            append(first, shares)
        }
    }

    /// Places weights, and brings their sum to 1.
    private mutating func append(_ start: Int, _ shares: [Double]) {
        let sum = shares.reduce(0, +)
        starts.append(start)
        counts.append(shares.count)
        weights += shares.map { Float($0 / sum) }
    }

    private mutating func appendPlain(_ center: Double, _ cells: Int) {
        let place = max(center - 0.5, 0)
        let first = min(Int(place), cells - 1)
        let rest = place - Double(first)
        append(first, first + 1 < cells ? [1 - rest, rest] : [1])
    }

    private mutating func appendFiltered(
        _ center: Double, _ filterScale: Double, _ cells: Int, reach: Double, _ filter: (Double) -> Double
    ) {
        let support = reach * filterScale
        let first = max(0, Int(center - support + 0.5))
        let end = min(cells, Int(center + support + 0.5))
        append(first, (first..<end).map { filter((Double($0) - center + 0.5) / filterScale) })
    }
}

/// Frequencies on an axis from 0 (0 Hz) to 1: linear up to C2, 65.4 Hz, then logarithmic; the linear part takes as much
/// room as an octave.
struct FrequencyAxis {
    private static let linearHz = 65.40639132514966
    private let top: Double

    init(highest: Double) { top = FrequencyAxis.place(highest) }

    private static func place(_ hz: Double) -> Double {
        hz <= linearHz ? hz / linearHz : 1 + log2(hz / linearHz)
    }

    func hz(at share: Double) -> Double {
        let place = share * top
        return FrequencyAxis.linearHz * (place <= 1 ? place : exp2(place - 1))
    }
}
