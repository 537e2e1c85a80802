import Testing

@testable import Corpus

struct NounTests {
    @Test("the bytes of the sides are fixed, and 0 is no side")
    func sideCodes() {
        #expect(Side.allCases.map(\.code) == [1, 2, 3])
        #expect(Side.allCases.map(\.rawValue) == ["train", "validation", "test"])
        #expect(Side.code(of: nil) == 0)
        #expect(Side(code: 0) == nil)
        #expect(Side(code: 4) == nil)
        for side in Side.allCases { #expect(Side(code: Side.code(of: side)) == side) }
    }

    @Test("sex is read from one letter in either case, and anything else is unknown")
    func sexLetters() {
        #expect(Sex(letter: "F") == .female)
        #expect(Sex(letter: "m") == .male)
        #expect(Sex(letter: "U") == .unknown)
        #expect(Sex(letter: "") == .unknown)
        #expect(Sex(letter: "female") == .unknown)
        #expect(Sex.allCases.map(\.rawValue) == ["f", "m", "u"])
    }
}
