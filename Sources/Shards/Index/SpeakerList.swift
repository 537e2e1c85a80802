import Corpus

/// `speakers.csv` of an export: a line for each speaker in the order of the labels.
///
///     label,speaker,sex,train
///     0,19,f,1
///
/// `train` is 1 for the speakers of the train side, whose labels come first and have no gaps.
package enum SpeakerList {
    package static let fileName = "speakers.csv"
    static let columns = ["label", "speaker", "sex", "train"]

    package static func text(_ outline: ExportOutline) -> String {
        var lines = [columns.joined(separator: ",")]
        for (label, speaker) in outline.speakers.enumerated() {
            let isTrain = label < outline.trainSpeakerCount
            lines.append(
                "\(label),\(ListTable.quoted(speaker.id)),\(speaker.sex.rawValue),\(isTrain ? 1 : 0)")
        }
        return lines.map { $0 + "\r\n" }.joined()
    }
}
