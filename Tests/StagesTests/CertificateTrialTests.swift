import Stages
import Testing

@Suite("speakers of trial lists in train")
struct CertificateTrialTests {
    private let lists = ["split.trials=[trials.txt]"]

    @Test("a speaker of either column who stands on train fails the build, and may be admitted by name")
    func inTrain() async throws {
        let made = try ChatterCorpus()
        try made.corpus.folder.write(
            "1 13-130-0000 13-131-0000\n0 13-130-0000 12-120-0001\n", to: "corpus/trials.txt")
        let complaint = try await made.complaint(lists)
        #expect(
            complaint.contains("1 speaker of trial lists on the train side (librispeech/12 [train])"),
            "\(complaint)")
        #expect(complaint.contains("split.allow: [trial-speaker]"), "\(complaint)")
        let allowed = lists + ["split.allow=[trial-speaker]"]
        #expect(try await made.build(allowed).leaks.map { "\($0.kind) \($0.count)" } == ["trial-speaker 1"])
        let check = try #require(try made.check(.trialSpeaker, allowed))
        #expect(
            check.found.map(\.names) == [["librispeech/12"]] && check.found.first?.lists == ["trials.txt"])
        let list = try #require(try made.certificate(allowed).certificate.trials.first)
        #expect(list.trials == 2 && list.utterances == 3 && list.notInDataset == 0)
        #expect(list.speakers == 2 && list.speakersInTrain == 1)
    }

    @Test("a list of test speakers alone is clean, whatever form its names have")
    func clean() async throws {
        let made = try ChatterCorpus()
        try made.corpus.folder.write(
            "13-130-0000 14/140/14-140-0001.wav nontarget\n", to: "corpus/trials.txt")
        #expect(try await made.build(lists).leaks.isEmpty)
        let list = try #require(try made.certificate(lists).certificate.trials.first)
        #expect(list.speakers == 2 && list.speakersInTrain == 0 && list.notInDataset == 0)
        #expect(try made.certificate(lists).certificate.isClean)
    }

    @Test("an utterance that the dataset lacks counts for its speaker all the same")
    func missing() async throws {
        let made = try ChatterCorpus()
        try made.corpus.folder.write(
            "1 11/999/11-999-0000.flac 11-998-0000\n0 13-130-0000 77-1-0000\n", to: "corpus/trials.txt")
        #expect(try await made.complaint(lists).contains("librispeech/11 [train]"))
        let allowed = lists + ["split.allow=[trial-speaker]"]
        try await made.build(allowed)
        let list = try #require(try made.certificate(allowed).certificate.trials.first)
        #expect(list.notInDataset == 3 && list.speakers == 2 && list.speakersInTrain == 1)
    }

    @Test("other bytes of a list certify anew, and a list that is not there is one sentence")
    func content() async throws {
        let made = try ChatterCorpus()
        try made.corpus.folder.write("1 13-130-0000 13-131-0000\n", to: "corpus/trials.txt")
        try await made.build(lists)
        #expect(try await made.build(lists).tasks.ran == 0)
        try made.corpus.folder.write("1 13-130-0000 13-131-0001\n", to: "corpus/trials.txt")
        #expect(try await made.build(lists).tasks.ran == 1)
        #expect(
            try await made.complaint(["split.trials=[nowhere.txt]"]).contains("there is no list nowhere.txt"))
    }
}
