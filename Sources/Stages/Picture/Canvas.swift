internal import CPNG

/// A picture being drawn: 8-bit RGB, row by row from the top.
struct Canvas {
    struct Color {
        let red: UInt8, green: UInt8, blue: UInt8

        static let white = Color(red: 255, green: 255, blue: 255)
        static let ink = Color(red: 40, green: 60, blue: 110)
        static let line = Color(red: 205, green: 210, blue: 220)

        /// A color from dark blue through green to yellow, of even steps in lightness, for a value in 0…1.
        static func scale(_ value: Double) -> Color {
            let position = min(max(value, 0), 1) * Double(anchors.count - 1)
            let index = min(Int(position), anchors.count - 2)
            let part = position - Double(index)
            func mix(_ channel: Int) -> UInt8 {
                UInt8((anchors[index][channel] * (1 - part) + anchors[index + 1][channel] * part).rounded())
            }
            return Color(red: mix(0), green: mix(1), blue: mix(2))
        }

        private static let anchors: [[Double]] = [
            [20, 14, 54], [59, 28, 110], [62, 74, 137], [38, 120, 142], [37, 164, 132], [122, 203, 88],
            [250, 230, 60],
        ]
    }

    let width: Int
    let height: Int
    private var pixels: [UInt8]

    init(width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a canvas of \(width) × \(height)")
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: 255, count: width * height * 3)
    }

    mutating func set(_ x: Int, _ y: Int, _ color: Color) {
        guard x >= 0, x < width, y >= 0, y < height else { return }
        let start = (y * width + x) * 3
        pixels[start] = color.red
        pixels[start + 1] = color.green
        pixels[start + 2] = color.blue
    }

    /// Writes the picture as a PNG file.
    func write(to path: String) throws(StageError) {
        var image = unsafe png_image()
        unsafe image.version = UInt32(PNG_IMAGE_VERSION)
        unsafe image.width = UInt32(width)
        unsafe image.height = UInt32(height)
        unsafe image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
        let written = unsafe png_image_write_to_file(&image, path, 0, pixels, Int32(width * 3), nil)
        guard written != 0 else {
            throw .failed(
                "cannot write the picture \(path); check that its folder is there and who may write in it")
        }
    }
}
