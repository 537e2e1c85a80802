import Foundation
import Testing

@testable import Scoring

struct ScoreListTests {
    private func scores(_ text: String) throws -> ScoreList { try ScoreList(Array(text.utf8), path: "s.txt") }
    private func trials(_ text: String) throws -> EvaluationTrials {
        try EvaluationTrials(Array(text.utf8), path: "t.txt")
    }

    private func message(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch {
            return (error as? ScoringError)?.message
        }
    }

    @Test("scores are read with blanks, tabs, carriage returns, empty lines and a byte order mark")
    func reading() throws {
        let list = try scores("\u{FEFF}a b 0.5\r\n\n  c\td -1e-3\nä ö 7")
        #expect(
            list.entries == [
                .init(enrollment: "a", test: "b", score: 0.5),
                .init(enrollment: "c", test: "d", score: -0.001),
                .init(enrollment: "ä", test: "ö", score: 7),
            ])
    }

    @Test("what is written reads back with the same numbers, and unwritable names are refused")
    func roundTrip() throws {
        let entries = [0.1, -1.0 / 3, 2e-308, 1e100, 0].map {
            ScoreList.Entry(enrollment: "spk/ü.wav", test: "b", score: $0)
        }
        #expect(try ScoreList(ScoreList.text(entries), path: "").entries == entries)
        #expect(throws: ScoringError.self) {
            try ScoreList.text([.init(enrollment: "a b", test: "c", score: 1)])
        }
        #expect(throws: ScoringError.self) {
            try ScoreList.text([.init(enrollment: "", test: "c", score: 1)])
        }
        #expect(throws: ScoringError.self) {
            try ScoreList.text([.init(enrollment: "a", test: "c", score: .nan)])
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("scores-\(UUID()).txt").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ScoreList.write(entries, to: path)
        #expect(try ScoreList(path: path).entries == entries)
        #expect(throws: ScoringError.self) { try ScoreList.write(entries, to: "/nowhere/at/all") }
        #expect(
            message { _ = try ScoreList(path: "/nowhere/at/all") }?.hasPrefix("cannot read /nowhere/at/all: ")
                == true)
    }

    @Test("wrong lines are named with file, line and column")
    func wrongLines() {
        let form = "a line is 'ENROLLMENT TEST SCORE'"
        #expect(
            message { _ = try scores("a b 1\nä  b x1\n") }
                == "s.txt:2:6: the score 'x1' is not a finite number; \(form)")
        #expect(
            message { _ = try scores("a b nan") }
                == "s.txt:1:5: the score 'nan' is not a finite number; \(form)")
        #expect(
            message { _ = try scores("a b 1e999") }
                == "s.txt:1:5: the score '1e999' is not a finite number; \(form)")
        #expect(message { _ = try scores("a b 1\n\na b\n") } == "s.txt:3:4: a field is missing; \(form)")
        #expect(message { _ = try scores("a b 1 2") } == "s.txt:1:7: there are 4 fields; \(form)")
        #expect(message { _ = try scores("\n \n") } == "s.txt holds no scores; \(form)")
        #expect(
            message { _ = try ScoreList([97, 32, 0xFF, 32, 49], path: "s.txt") }
                == "s.txt:1:3: this is not UTF-8 text")
    }

    @Test("trials are read in VoxCeleb's and Kaldi's form, and forms do not mix")
    func trialForms() throws {
        let expected = [
            EvaluationTrials.Trial(enrollment: "a", test: "b", isTarget: true),
            EvaluationTrials.Trial(enrollment: "a", test: "c", isTarget: false),
        ]
        #expect(try trials("1 a b\n0 a c\n").trials == expected)
        #expect(try trials("a b target\na c nontarget").trials == expected)
        #expect(
            message { _ = try trials("1 a b\na b target") }
                == "t.txt:2:1: 'a' is no label as in the lines before; a line is '1 ENROLLMENT TEST' or '0 ENROLLMENT TEST'"
        )
        #expect(
            message { _ = try trials("a b target\na b Target") }
                == "t.txt:2:5: 'Target' is no label as in the lines before; a line is 'ENROLLMENT TEST target' or "
                + "'ENROLLMENT TEST nontarget'")
        #expect(message { _ = try trials("a b c") }?.hasPrefix("t.txt:1:1: 'a' is no label; ") == true)
        #expect(message { _ = try trials("1 a") }?.hasPrefix("t.txt:1:4: a field is missing; ") == true)
        #expect(message { _ = try trials("") }?.hasPrefix("t.txt holds no trials; ") == true)
    }

    @Test("trials find their scores in any order of lines, also trials that stand in the list twice")
    func joining() throws {
        let joined = try ScoredTrials(
            trials("1 a b\n0 a c\n1 a b\n"), scores("x y 9\na c -1\na b 0.5\na b 0.5\n"))
        #expect(joined.scores == [0.5, -1, 0.5])
        #expect(joined.isTarget == [true, false, true])
        #expect(joined.unusedScoreCount == 1)
        #expect(try joined.sorted(.similarity).equalErrorRate().rate == 0)
    }

    @Test("trials without a score, and pairs with two, are named")
    func wrongJoins() throws {
        let list = try trials("1 a b\n\n0 a c\n0 b c\n")
        #expect(
            message { _ = try ScoredTrials(list, scores("a b 1\nc a 2\n")) }
                == "t.txt:3:1: s.txt has no score for 'a c', only for the two the other way round and 1 more of 3 "
                + "trials; score every trial under the names that the list uses")
        #expect(
            message { _ = try ScoredTrials(list, scores("a b 1\na c 2\nb c 3\na b 4\n")) }
                == "s.txt:4:1: 'a b' scores 4.0 here and 1.0 in line 1; a pair has one score")
    }
}
