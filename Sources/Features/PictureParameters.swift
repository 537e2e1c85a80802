/// What becomes of an example's matrix [frames × bins] when it is drawn as a picture of fixed size.
package struct PictureParameters: Codable, Hashable, Sendable {
    /// How values between and over several cells are come by.
    package enum Method: String, Codable, Sendable, CaseIterable {
        /// The cell at the center of the pixel: Pillow's NEAREST.
        case nearest
        /// A triangle around it, as wide as the pixel where that is wider than a cell: Pillow's BILINEAR.
        case bilinear
        /// The average of the cells under the pixel: Pillow's BOX.
        case area
        /// The two cells nearest to the center, however small the picture: not antialiased, as
        /// `torch.nn.functional.interpolate(align_corners=False)`.
        case bilinearPlain = "bilinear-plain"
    }

    package enum Axis: String, Codable, Sendable, CaseIterable {
        /// Bins as they come.
        case linear
        /// Frequencies in equal steps per octave above 65.4 Hz and linear below, where an octave's height stands for 0 to
        /// 65.4 Hz: matplotlib's symlog axis with base 2 and linscale 0.5, as `librosa.display.specshow` sets it. For
        /// bins evenly spaced from 0 Hz.
        case log
    }

    package enum Orientation: String, Codable, Sendable, CaseIterable {
        /// Rows are time, columns frequency.
        case timeFrequency = "time-frequency"
        /// Rows are frequency, the lowest first; columns time.
        case frequencyTime = "frequency-time"
        /// Rows are frequency, the highest first; columns time.
        case picture
    }

    /// Rows and columns of the picture.
    package var height: Int
    package var width: Int
    package var method: Method
    package var axis: Axis
    package var orientation: Orientation
    /// Equal copies of the picture: [channels, height, width]; 1 has no such axis.
    package var channels: Int
    /// Levels in dB become 0 … 1 over so many below the example's largest, those below 0. Nil leaves them.
    package var rangeDB: Double?

    package init(
        height: Int, width: Int, method: Method, axis: Axis, orientation: Orientation, channels: Int,
        rangeDB: Double?
    ) {
        self.height = height
        self.width = width
        self.method = method
        self.axis = axis
        self.orientation = orientation
        self.channels = channels
        self.rangeDB = rangeDB
    }

    /// Pixels along time and along frequency.
    var size: (time: Int, frequency: Int) {
        orientation == .timeFrequency ? (height, width) : (width, height)
    }
}
