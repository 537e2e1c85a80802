import Features
import Testing

@testable import Stages

@Suite("where examples lie")
struct FrameCutterTests {
    /// Compares the cutter with the naive rules for every length up to `limit`.
    private func check(_ rules: FrameParameters, upTo limit: Int = 64) {
        let (cutter, naive) = (ExampleCutter(parameters: rules), NaiveFrames(rules: rules))
        for count in 0...limit {
            let (found, wanted) = (cutter.cuts(count), naive.cuts(count))
            if found != wanted {
                Issue.record("\(count) samples: \(found) instead of \(wanted) with \(rules)")
            }
            if Array(cutter.usable(count)) != naive.usable(count) {
                Issue.record("usable of \(count) with \(rules)")
            }
        }
    }

    @Test(
        "groups of frames lie where counting one by one puts them, for every edge rule, tail, trim and minimum"
    )
    func groups() {
        for edges in FrameEdges.allCases {
            for tail in FrameParameters.Tail.allCases {
                for (window, hop) in [(5, 2), (3, 5), (7, 3)] {
                    for (group, trim, minimum) in [(1, 0, 0), (4, 2, 0), (3, 1, 20)] {
                        check(
                            .make(
                                window: window, hop: hop, edges: edges, group: group, trim: trim,
                                minimum: minimum,
                                tail: tail))
                    }
                }
            }
        }
    }

    @Test(
        "cuts lie where counting one by one puts them, back to back, overlapping, apart, inclusive and exclusive"
    )
    func cuts() {
        for tail in FrameParameters.Tail.allCases {
            for limit in FrameParameters.Limit.allCases {
                for (length, every) in [(10, 10), (10, 4), (10, 13), (1, 1)] {
                    for (trim, minimum) in [(0, 0), (2, 25), (0, 11)] {
                        check(
                            .make(
                                length: length, every: every, trim: trim, minimum: minimum, tail: tail,
                                limit: limit))
                    }
                }
            }
        }
    }

    @Test("a whole utterance is one example, unless it is too short for one frame")
    func whole() {
        for edges in FrameEdges.allCases {
            check(.make(window: 5, hop: 2, edges: edges))
            check(.make(window: 5, hop: 2, edges: edges, trim: 3, minimum: 9, tail: .zero))
        }
        check(.make(trim: 2))
    }

    @Test(
        "FBankNet's examples at their boundaries: samples, then examples",
        arguments: [
            (0, 0), (15_999, 0), (16_000, 0), (18_320, 0), (18_321, 1), (28_560, 1), (28_561, 2),
            (38_800, 2), (38_801, 3),
        ])
    func fbanknet(samples: Int, examples: Int) {
        // 1 + ceil((n − 8000 − 400) / 160) frames: the 64th begins to be needed at 8000 + 400 + 62·160 + 1.
        let cutter = ExampleCutter(
            parameters: .make(window: 400, hop: 160, edges: .pad, group: 64, trim: 4_000, minimum: 16_000))
        #expect(cutter.cuts(samples).count == examples)
        #expect(cutter.exampleLength == 10_480 && cutter.framesPerExample == 64)
    }

    @Test(
        "voicemap's examples at their boundaries: longer than 3 s, not as long",
        arguments: [(11_999, 0), (12_000, 0), (12_001, 1), (24_000, 1), (24_001, 2)])
    func voicemap(samples: Int, examples: Int) {
        let cutter = ExampleCutter(parameters: .make(length: 12_000, limit: .exclusive))
        #expect(cutter.cuts(samples).count == examples)
        #expect(cutter.framesPerExample == 12_000)
    }

    @Test("frames of an example are those of its length under the edge rule")
    func framesPerExample() {
        for edges in FrameEdges.allCases {
            let rules = FrameParameters.make(window: 7, hop: 3, edges: edges, length: 40)
            #expect(
                ExampleCutter(parameters: rules).framesPerExample
                    == NaiveFrames(rules: rules).frameStarts(40).count)
        }
        #expect(ExampleCutter(parameters: .make(window: 5, hop: 2)).framesPerExample == nil)
    }
}
