internal import Foundation

/// Keeps two trainings out of one folder, for as long as it lives: a lock of the system on `run.json`, which ends with the
/// program however that ends.
final class RunLock {
    private let file: Int32

    init(_ path: String) throws(TrainingError) {
        file = unsafe open(path, O_RDONLY)
        guard file >= 0 else { throw .unusable("cannot open \(path); look at its permissions") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .unusable(
                "another program is training in the folder of \(path); wait for it, or give --out")
        }
    }

    deinit { close(file) }
}
