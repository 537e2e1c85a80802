import Corpus
import Testing

@testable import Shards

@Suite("Kaldi's files of options")
struct KaldiOptionsTests {
    private static let bank = """
        {"dither":0,"edges":"snip","energy":false,"fftSize":512,"filterShape":"kaldi-mel","floorRule":"raise",\
        "highHz":8000,"hopSampleCount":160,"log":true,"logFloor":1.1920928955078125e-07,"lowHz":20,"melCount":64,\
        "melFormula":"kaldi","melNorm":"none","powerScale":1,"preEmphasis":0.97,"preEmphasisScope":"frame",\
        "removeDC":true,"sampleRate":16000,"scale":32768,"window":"hamming","windowSampleCount":400}
        """

    private func parameters(_ features: String) -> String {
        #"{"features":\#(features),"frame":{},"resample":{"rate":16000}}"#
    }

    private func written(_ features: String) throws -> String? {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 1], parameters: parameters(features))
        let (_, files) = try fixture.write(KaldiFormat(outline), outline)
        let conf = files.map(\.name).filter { $0.hasPrefix("conf/") }
        return try conf.first.map { try "\($0)\n" + fixture.text($0) }
    }

    @Test("say the filter bank's parameters in Kaldi's words")
    func fbank() throws {
        #expect(
            try written(#"{"dtype":"float32","fbank":\#(Self.bank),"kind":"fbank","normalize":"frame"}"#)
                == """
                conf/fbank.conf
                # Kaldi's options for the features; consumer.json says the same and what is done with them afterwards.
                --sample-frequency=16000
                --frame-length=25
                --frame-shift=10
                --dither=0
                --preemphasis-coefficient=0.97
                --remove-dc-offset=true
                --window-type=hamming
                --round-to-power-of-two=true
                --snip-edges=true
                --num-mel-bins=64
                --low-freq=20
                --high-freq=8000
                --use-energy=false
                --use-log-fbank=true
                --use-power=true

                """)
    }

    @Test("say the cepstra's parameters too")
    func mfcc() throws {
        let mfcc = """
            {"coefficientCount":30,"deltaWindow":2,"deltas":0,"energy":"windowed","fbank":\(Self.bank),"lifter":22,\
            "lifterForm":"kaldi","transformNorm":"ortho"}
            """
        let text = try written(#"{"dtype":"float32","kind":"mfcc","mfcc":\#(mfcc),"normalize":"none"}"#) ?? ""
        #expect(text.hasPrefix("conf/mfcc.conf\n"))
        #expect(
            text.contains(
                "\n--use-energy=true\n--raw-energy=false\n--energy-floor=0\n--num-ceps=30\n--cepstral-lifter=22\n"
            ))
    }

    @Test(
        "are not there where Kaldi has no option for a parameter",
        arguments: [
            (#""edges":"snip""#, #""edges":"pad""#), (#""scale":32768"#, #""scale":1"#),
            (#""melFormula":"kaldi""#, #""melFormula":"slaney""#), (#""fftSize":512"#, #""fftSize":1024"#),
            (#""window":"hamming""#, #""window":"hann-periodic""#),
            (#""sampleRate""#, #""logOffset":0.01,"sampleRate""#),
        ])
    func inexpressible(from: String, to: String) throws {
        let changed = Self.bank.replacing(from, with: to)
        #expect(changed != Self.bank)
        #expect(try written(#"{"fbank":\#(changed),"kind":"fbank"}"#) == nil)
        #expect(try written(#"{"fbank":\#(Self.bank),"kind":"fbank"}"#) != nil)
    }

    @Test(
        "round lengths in milliseconds so that Kaldi, which drops fractions of a sample, finds the samples again"
    )
    func milliseconds() {
        for rate in [4000, 8000, 11025, 16000, 22050, 44100, 48000] {
            for count in 1...2048 {
                let text = KaldiOptions.milliseconds(count, rate: rate)
                let inKaldi = Float(text).map { Int(Double(Float(rate)) * 0.001 * Double($0)) }
                #expect(inKaldi == count, "\(count) samples at \(rate) Hz as \(text) ms")
            }
        }
    }
}
