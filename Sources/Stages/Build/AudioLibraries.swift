import Audio

/// Versions of the decoding libraries, for keys and reports.
enum AudioLibraries {
    static var sndfileVersion: String { AudioDecoder.sndfileVersion }
}
