internal import Foundation

/// Keeps two trainings out of one folder, for as long as it lives: a lock of the system on the folder, which
/// ends with the program however that ends.
final class RunLock {
    private let file: Int32

    init(_ folder: String) throws(TrainingError) {
        file = unsafe open(folder, O_RDONLY)
        guard file >= 0 else { throw .unusable("cannot open the folder \(folder); look at its permissions") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .unusable(
                "another program is training in the folder \(folder); wait for it, or give --out")
        }
    }

    deinit { close(file) }
}
