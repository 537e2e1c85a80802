internal import Foundation

/// The program ffmpeg, where it is installed: it reads AAC, MP3 and WMA, which no library here does.
///
/// Its decoders are lossy and differ between versions, so the version belongs into every key of what it decoded. Each
/// file is one run of the program with an argument array; no shell reads the path, and only files are opened.
///
/// A file that ends early is refused where it can be told: MP4 and MP3 with a Xing header announce their duration; raw
/// AAC (ADTS) and MP3 without one do not, and such a file cut exactly between two frames passes as a shorter one.
package struct FFmpeg: Sendable, Hashable {
    package let path: String
    /// The first line of `ffmpeg -version` up to the copyright: `ffmpeg version 5.1.9-0+deb12u1`.
    package let version: String

    /// Files with these endings are decoded by it.
    package static let endings: Set<String> = ["m4a", "mp4", "aac", "mp3", "wma"]

    /// Whether the file at `path` has an ending of those that ffmpeg decodes.
    package static func reads(_ path: String) -> Bool {
        guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return endings.contains(path[path.index(after: dot)...].lowercased())
    }

    /// What to say of a file that needs it where it is not installed.
    package static let missing =
        "it is decoded by the program ffmpeg, which is not installed here: 'apt-get install ffmpeg' or "
        + "'brew install ffmpeg' and build again, or convert it to FLAC"

    /// The program in the first folder of `searchPath` (as `PATH` lists them) that has it; nil when there is none, or
    /// none that says its version.
    package static func find(searchPath: String? = ProcessInfo.processInfo.environment["PATH"]) -> FFmpeg? {
        let found = (searchPath ?? "").split(separator: ":").map { "\($0)/ffmpeg" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return found.flatMap(FFmpeg.init(path:))
    }

    /// Nil when the program at `path` does not say its version.
    package init?(path: String) {
        guard let run = try? FFmpegRun(path, ["-hide_banner", "-version"], outputLimit: 1 << 20),
            run.status == 0,
            let line = String(decoding: run.output, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { return nil }
        self.path = path
        version = line.components(separatedBy: " Copyright")[0]
    }

    /// Decodes the first audio stream of the file at `source` to 16 bits.
    package func decode(
        _ source: String, into audio: inout DecodedAudio, sampleLimit: Int = 1 << 28
    ) throws(AudioError) {
        let arguments = [
            "-hide_banner", "-nostdin", "-nostats", "-v", "level+info", "-xerror", "-protocol_whitelist",
            "file,pipe",
            "-i", "file:\(source)", "-map", "0:a:0", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1",
        ]
        let run = try FFmpegRun(path, arguments, outputLimit: 2 * sampleLimit + 4096)
        let report = FFmpegReport(run.messages)
        let sound = FFmpegSound(run.output)
        if let sound {
            audio.take(
                sixteenBit: run.output[sound.samples], sampleRate: sound.sampleRate,
                channelCount: sound.channelCount)
        } else {
            audio.clear()
        }
        try judge(run, report, audio)
    }

    private func judge(
        _ run: FFmpegRun, _ report: FFmpegReport, _ audio: borrowing DecodedAudio
    ) throws(AudioError) {
        guard !run.isBeyondLimit else {
            throw AudioError(.tooLong, "The file holds more samples than the limit; cut the recording.")
        }
        let milliseconds = audio.sampleRate > 0 ? audio.sampleCount * 1000 / audio.sampleRate : 0
        if let declared = report.milliseconds, audio.sampleCount > 0,
            milliseconds + FFmpegReport.toleratedMilliseconds < declared
        {
            throw AudioError(
                .truncated, "The file announces \(declared) ms and \(milliseconds) ms could be decoded.")
        }
        if let complaint = report.complaint {
            throw AudioError(.corrupt, "ffmpeg met damage after sample \(audio.sampleCount): \(complaint).")
        }
        guard run.status == 0 else {
            throw AudioError(.corrupt, "ffmpeg ended with status \(run.status) and no word why.")
        }
        guard audio.sampleCount > 0 else { throw AudioError(.empty, "The file holds no samples.") }
    }
}
