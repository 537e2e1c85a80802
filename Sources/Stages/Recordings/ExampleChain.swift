import Audio
import Features

/// From a waveform at the dataset's rate to its examples, as a recipe has them: where somebody speaks, the cuts, the
/// features. Made of the parts that the workers of a build are made of.
final class ExampleChain {
    private var activity: SpeechActivity?
    private let cutter: ExampleCutter
    private let extractor: ExampleExtractor

    /// - Parameter network: what makes embeddings of examples, for recipes that ask for them.
    init(_ recipe: Recipe, network: VGGishNetwork? = nil) throws(FeatureError) {
        activity = recipe.frame.activity.map { SpeechActivity($0.parameters) }
        cutter = ExampleCutter(parameters: recipe.frame)
        extractor = try ExampleExtractor(frame: recipe.frame, features: recipe.features, network: network)
    }

    /// The examples of the first `count` samples, and where they lie.
    func examples(_ waveform: [Float], count: Int) -> (rows: FeatureRows, ranges: ExampleRanges) {
        activity?.analyze(waveform.span.extracting(0..<count))
        let ranges = cutter.ranges(count, speech: activity)
        var rows = FeatureRows()
        extractor.extract(waveform, count: count, ranges: ranges, into: &rows)
        return (rows, ranges)
    }
}
