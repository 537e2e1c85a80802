import ContentStore
import Features
import Testing

@testable import Stages

@Suite("keys of cepstra, derivatives, levels and energies")
struct FeatureKeyTests {
    private func features(_ settings: [String]) throws -> FeatureParameters {
        try RecipeFixture.read(RecipeFixture.short, set: settings.map { "features.\($0)" }).features
    }

    @Test("what the new keys say by default is what was said without them, so that keys stay")
    func defaults() throws {
        let mfcc = try features(["kind=mfcc", "deltas=2", "energy=raw"])
        let spelled = [
            "kind=mfcc", "deltas=2", "energy=raw", "dct-type=2", "delta-form=kaldi", "delta-window=2",
            "energy-floor=0",
        ]
        #expect(try features(spelled) == mfcc)
        let levels = try features(["values=db"])
        #expect(try features(["values=db", "reference=1"]) == levels)
        #expect(
            try CanonicalJSON.encode(levels)
                == (try CanonicalJSON.encode(features(["values=db", "reference=1.0"]))))
        for name in ["transformType", "deltaForm", "energyFloor", "isReferenceLargest"] {
            #expect(!(try CanonicalJSON.encode(mfcc)).contains(name))
            #expect(!(try CanonicalJSON.encode(levels)).contains(name))
        }
    }

    @Test("librosa's derivatives are those of its dialect, over 9 frames, and no other dialect's")
    func librosa() throws {
        let own = try #require(try features(["kind=mfcc", "dialect=librosa", "deltas=1"]).mfcc)
        #expect(own.deltaForm == .librosa && own.deltaWindow == 4)
        let none = try #require(try features(["kind=mfcc", "dialect=librosa"]).mfcc)
        #expect(none.deltaForm == nil && none.deltaWindow == 2)
        let asked = try #require(
            try features(["kind=mfcc", "deltas=1", "delta-form=librosa-nearest", "delta-window=3"]).mfcc)
        #expect(asked.deltaForm == .librosaNearest && asked.deltaWindow == 3)
        let kaldi = ["kind=mfcc", "dialect=librosa", "deltas=1", "delta-form=kaldi"]
        #expect(try features(kaldi).mfcc?.deltaForm == nil)
    }

    @Test(
        "what contradicts itself is refused by the key's name",
        arguments: [
            (["kind=mfcc", "dct-type=4"], "features.dct-type is a whole number, 1 to 3, not '4'"),
            (["dct-type=2"], "features.dct-type means nothing for fbank; remove it"),
            (["kind=mfcc", "delta-form=librosa"], "features.delta-form goes with features.deltas: 1 or 2"),
            (["energy-floor=1"], "features.energy-floor goes with features.energy"),
            (["reference=max"], "features.reference goes with features.values: db"),
            (
                ["values=db", "reference=maximum"],
                "features.reference is the power or magnitude of 0 dB, or max for each example's largest, not 'maximum'"
            ),
            (["kind=mfcc", "mels=1", "coefficients=1", "dct-type=1"], "features.dct-type is 1 but must be"),
        ])
    func refusals(settings: [String], message: String) {
        let complaint = RecipeFixture.complaint(
            RecipeFixture.short, set: settings.map { "features.\($0)" })
        #expect(complaint.contains(message), "\(complaint)")
    }

    @Test("with reference: max every example's own largest level is 0 dB, in groups of frames too")
    func largest() throws {
        let frame = FrameParameters.make(window: 40, hop: 20, group: 4)
        var features = FeatureParameters.small(frame)
        features.fbank?.decibels = Decibels()
        let waveform = ExtractedWaveform.noise(800).enumerated().map { $1 * Float($0) / 800 }
        let absolute = try ExtractedWaveform(waveform, frame, features)
        features.fbank?.decibels?.isReferenceLargest = true
        let found = try ExtractedWaveform(waveform, frame, features)
        #expect(found.cuts.count == 9 && found.values.count == absolute.values.count)
        let size = 4 * 4
        for example in 0..<found.cuts.count {
            let range = example * size..<(example + 1) * size
            let top = absolute.values[range].max() ?? 0
            #expect(Array(found.values[range]) == absolute.values[range].map { $0 - top })
        }
        #expect(Set((0..<9).map { absolute.values[$0 * size..<($0 + 1) * size].max() }).count == 9)
    }
}
