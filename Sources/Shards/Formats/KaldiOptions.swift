internal import Foundation

/// Features as a file of options for `compute-fbank-feats` or `compute-mfcc-feats`, where Kaldi can compute them alike.
enum KaldiOptions {
    private static let head = """
        # Kaldi's options for the features; consumer.json says the same and what is done with them afterwards.

        """

    /// `conf/fbank.conf` or `conf/mfcc.conf` and its text; nil where Kaldi has no option for one of the parameters.
    static func file(_ features: FeatureOutline) -> (name: String, text: String)? {
        guard features.level == nil, features.picture == nil, features.embedding == nil else { return nil }
        let lines: [String]
        switch features.kind {
        case "fbank":
            guard let bank = features.fbank, let frames = common(bank) else { return nil }
            lines =
                frames + energy(bank.energy ? bank.energyRule ?? "raw" : nil, floor: bank.energyFloor)
                + ["use-log-fbank=\(bank.log)", "use-power=\(bank.spectrum != "magnitude")"]
        case "mfcc":
            guard let mfcc = features.mfcc, let frames = common(mfcc.fbank),
                mfcc.fbank.spectrum != "magnitude",
                mfcc.energy != "spectrum", mfcc.transformNorm == "ortho",
                mfcc.lifterForm == "kaldi" || mfcc.lifter == 0,
                mfcc.deltas == 0, mfcc.transformType ?? 2 == 2
            else { return nil }
            lines =
                frames + energy(mfcc.energy, floor: mfcc.fbank.energyFloor)
                + ["num-ceps=\(mfcc.coefficientCount)", "cepstral-lifter=\(number(mfcc.lifter))"]
        default: return nil
        }
        return ("conf/\(features.kind).conf", head + lines.map { "--\($0)\n" }.joined())
    }

    private static func energy(_ rule: String?, floor: Double?) -> [String] {
        guard let rule else { return ["use-energy=false"] }
        return ["use-energy=true", "raw-energy=\(rule == "raw")", "energy-floor=\(number(floor ?? 0))"]
    }

    private static func common(_ bank: FeatureOutline.Bank) -> [String]? {
        let windows = ["hann": "hanning"]
        guard isKaldis(bank), bank.energyRule != "spectrum" else { return nil }
        return [
            "sample-frequency=\(bank.sampleRate)",
            "frame-length=\(milliseconds(bank.windowSampleCount, rate: bank.sampleRate))",
            "frame-shift=\(milliseconds(bank.hopSampleCount, rate: bank.sampleRate))",
            "dither=0", "preemphasis-coefficient=\(number(bank.preEmphasis))",
            "remove-dc-offset=\(bank.removeDC)", "window-type=\(windows[bank.window] ?? bank.window)",
            "round-to-power-of-two=\(bank.fftSize != bank.windowSampleCount)",
            "snip-edges=\(bank.edges == "snip")", "num-mel-bins=\(bank.melCount)",
            "low-freq=\(number(bank.lowHz))", "high-freq=\(number(bank.highHz))",
        ]
    }

    /// Whether every parameter is one that Kaldi has an option for, or its only way.
    private static func isKaldis(_ bank: FeatureOutline.Bank) -> Bool {
        var size = 1
        while size < bank.windowSampleCount { size *= 2 }
        return ["povey", "hann", "hamming", "rectangular", "blackman"].contains(bank.window)
            && ["snip", "mirror"].contains(bank.edges)
            && [size, bank.windowSampleCount].contains(bank.fftSize)
            && (bank.preEmphasisScope == "frame" || bank.preEmphasis == 0)
            && bank.melFormula == "kaldi" && bank.melNorm == "none" && bank.filterShape == "kaldi-mel"
            && bank.powerScale == 1 && bank.logFloor == Double(Float.ulpOfOne) && bank.floorRule == "raise"
            && bank.scale == 32768 && bank.dither == 0 && (bank.logOffset ?? 0) == 0 && bank.decibels == nil
    }

    /// A number without needless digits: 25, 0.97.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    /// `count` samples in ms, such that Kaldi, which computes `rate · 0.001 · ms` and drops the fraction, gets `count`.
    static func milliseconds(_ count: Int, rate: Int) -> String {
        let exact = Double(count) * 1000 / Double(rate)
        let inKaldi = Int(Double(rate) * 0.001 * Double(Float(exact)))
        return number(inKaldi == count ? exact : (Double(count) + 0.5) * 1000 / Double(rate))
    }
}
