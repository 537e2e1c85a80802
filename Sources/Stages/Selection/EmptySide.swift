import Corpus

/// Why nothing can be drawn from a side.
enum EmptySide {
    /// Refuses a side without examples, before rules are blamed for it.
    static func check(_ count: Int) throws(StageError) {
        guard count > 0 else {
            throw .failed(
                "no example stands on that side; look at the shares or lists of split, and at whether utterances are "
                    + "too short for frame or quarantined ('twinset show quarantine')")
        }
    }
}
