import Foundation
import TestSupport
import Testing

@testable import Audio

/// The ffmpeg of this machine, where it has one.
private enum Installed {
    static let ffmpeg = FFmpeg.find()
}

@Suite("files that ffmpeg reads")
final class FFmpegTests {
    private let folder: TemporaryFolder = TemporaryFolder()

    /// A program called ffmpeg that says its version, writes `sound` and says `words` of any file.
    private func fake(_ sound: [UInt8], words: String = "", status: Int = 0) throws -> FFmpeg {
        try Data(sound).write(to: URL(fileURLWithPath: folder.path + "/sound"))
        try Data(words.utf8).write(to: URL(fileURLWithPath: folder.path + "/words"))
        let script = """
            #!/bin/sh
            if [ "$2" = -version ]; then
                echo "ffmpeg version 9.9-made Copyright (c) the makers"
                exit 0
            fi
            printf '%s\\n' "$@" > "\(folder.path)/arguments"
            cat "\(folder.path)/words" >&2
            cat "\(folder.path)/sound"
            exit \(status)

            """
        let path = folder.path + "/ffmpeg"
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return try #require(FFmpeg.find(searchPath: "/nowhere:\(folder.path)"))
    }

    private func refusal(_ ffmpeg: FFmpeg, _ path: String = "/x.m4a") -> AudioError? {
        var audio = DecodedAudio()
        do {
            try ffmpeg.decode(path, into: &audio)
            return nil
        } catch {
            return error
        }
    }

    /// WAV as ffmpeg writes it to a pipe: with lengths it could not fill in.
    private static func piped(_ samples: [Int16], channels: Int = 1, rate: Int = 16000) -> [UInt8] {
        var file = WaveFile(
            samples.map(Int32.init), bitsPerSample: 16, channelCount: channels, sampleRate: rate)
        file.announcedDataSize = 0xFFFF_FFFF
        return file.bytes
    }

    private static let duration = "[info]   Duration: 00:00:01.00, start: 0.000000, bitrate: 79 kb/s\n"

    @Test("what the program writes is the recording, and the path is one argument whatever it holds")
    func decoded() throws {
        let samples = (0..<16000).map { Int16(truncatingIfNeeded: $0 * 37) }
        let ffmpeg = try fake(
            FFmpegTests.piped(samples, channels: 2, rate: 8000), words: FFmpegTests.duration)
        #expect(ffmpeg.version == "ffmpeg version 9.9-made")
        var audio = DecodedAudio()
        try ffmpeg.decode("/a b; rm $(x) 'c'.m4a", into: &audio)
        #expect(audio.sampleRate == 8000 && audio.channelCount == 2 && audio.sampleCount == 8000)
        #expect(audio.bitsPerSample == 16 && !audio.isFloat && audio.declaredMD5 == nil)
        #expect(Array(audio.samples.prefix(16000)) == samples.map { Float($0) / 32768 })
        #expect(
            Array(audio.pcm.prefix(4)) == [
                0, 0, UInt8(truncatingIfNeeded: samples[1]), UInt8(truncatingIfNeeded: samples[1] >> 8),
            ])
        let arguments = try String(contentsOfFile: folder.path + "/arguments", encoding: .utf8)
        #expect(arguments.contains("-i\nfile:/a b; rm $(x) 'c'.m4a\n-map\n"))
    }

    @Test("fewer samples than announced, any error it names and any other status refuse the file")
    func damage() throws {
        let second = FFmpegTests.piped([Int16](repeating: 5, count: 16000))
        let short = FFmpegTests.piped([Int16](repeating: 5, count: 13500))
        #expect(refusal(try fake(second, words: FFmpegTests.duration)) == nil)
        #expect(refusal(try fake(short, words: FFmpegTests.duration))?.reason == .truncated)
        #expect(
            refusal(try fake(short, words: FFmpegTests.duration))?.message
                == "The file announces 1000 ms and 843 ms could be decoded.")
        let estimate = "[aac @ 0x1] [warning] Estimating duration from bitrate, this may be inaccurate\n"
        #expect(refusal(try fake(short, words: estimate + FFmpegTests.duration)) == nil)
        let error = "[aac @ 0x1] [error] Input buffer exhausted before END element found\n"
        #expect(
            refusal(try fake(second, words: FFmpegTests.duration + error))?.message
                == "ffmpeg met damage after sample 16000: Input buffer exhausted before END element found.")
        #expect(refusal(try fake(second, status: 1))?.reason == .corrupt)
        #expect(refusal(try fake([], words: "[error] moov atom not found\n", status: 1))?.reason == .corrupt)
        #expect(refusal(try fake(FFmpegTests.piped([])))?.reason == .empty)
        #expect(refusal(try fake([]))?.reason == .empty)
    }

    @Test("a program that is missing, or says no version, is none")
    func missing() throws {
        #expect(FFmpeg.find(searchPath: "/nowhere:/also/nowhere") == nil)
        #expect(FFmpeg.find(searchPath: nil) == nil && FFmpeg(path: "/bin/false") == nil)
        #expect(FFmpeg.reads("/a/b.M4A") && FFmpeg.reads("x.aac"))
        #expect(!FFmpeg.reads("x.wav") && !FFmpeg.reads("m4a") && !FFmpeg.reads("/a.m4a/b"))
    }

    @Test("many files at once are each heard whole")
    func manyAtOnce() async throws {
        let samples = (0..<40_000).map { Int16(truncatingIfNeeded: $0 * 37) }
        let ffmpeg = try fake(FFmpegTests.piped(samples))
        let counts = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var audio = DecodedAudio()
                    var counts: [Int] = []
                    for number in 0..<10 {
                        try ffmpeg.decode("/\(number).m4a", into: &audio)
                        counts.append(audio.sampleCount)
                    }
                    return counts
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(counts == [Int](repeating: 40_000, count: 40))
    }

    @Test("a run that writes without end is ended at the limit")
    func limit() throws {
        let path = folder.path + "/endless"
        try Data("#!/bin/sh\nexec cat /dev/zero\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let run = try FFmpegRun(path, [], outputLimit: 1 << 20)
        #expect(run.isBeyondLimit && run.output.count < 1 << 21)
    }

    /// A second and a half of a tone, encoded by the installed program.
    private func encoded(_ name: String, _ more: [String] = []) throws -> String {
        let ffmpeg = try #require(Installed.ffmpeg)
        let path = folder.path + "/" + name
        let run = try FFmpegRun(
            ffmpeg.path,
            ["-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=16000:duration=1.5"]
                + more + [path], outputLimit: 1 << 20)
        try #require(run.status == 0, "\(run.messages)")
        return path
    }

    @Test(
        "the installed program decodes AAC and MP3 to the length they had",
        .enabled(if: Installed.ffmpeg != nil, "needs ffmpeg"), arguments: ["t.m4a", "t.mp3", "t.aac"])
    func installed(name: String) throws {
        let ffmpeg = try #require(Installed.ffmpeg)
        var audio = DecodedAudio()
        try ffmpeg.decode(try encoded(name), into: &audio)
        #expect(audio.sampleRate == 16000 && audio.channelCount == 1)
        // Encoders fill up their last frame, of 1024 samples (AAC) or 576 (MP3), and AAC's first is a delay.
        #expect((24000...26624).contains(audio.sampleCount), "\(audio.sampleCount)")
        // FFmpeg's sine has an amplitude of 1/8.
        let loudest = audio.samples[4000..<20000].reduce(0) { max($0, abs($1)) }
        #expect((0.11...0.14).contains(loudest), "\(loudest)")
        let first = Array(audio.samples.prefix(audio.sampleCount))
        try ffmpeg.decode(folder.path + "/" + name, into: &audio)
        #expect(Array(audio.samples.prefix(audio.sampleCount)) == first)
    }

    @Test(
        "files cut short are refused",
        .enabled(if: Installed.ffmpeg != nil, "needs ffmpeg"), arguments: ["t.m4a", "f.m4a", "t.mp3"])
    func cutShort(name: String) throws {
        let path = try encoded(name, name == "f.m4a" ? ["-movflags", "+faststart"] : [])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for share in [10, 50, 80] {
            let cut = folder.path + "/cut-" + name
            try bytes.prefix(bytes.count * share / 100).write(to: URL(fileURLWithPath: cut))
            let reason = refusal(try #require(Installed.ffmpeg), cut)?.reason
            #expect([.truncated, .corrupt].contains(reason), "\(share) %: \(reason?.rawValue ?? "taken")")
        }
    }
}
