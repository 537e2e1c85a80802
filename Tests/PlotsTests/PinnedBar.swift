extension FigureTests {
    /// The picture of one bar, as it is written.
    static let pinnedBar = ##"""
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="720" height="134" viewBox="0 0 720 134" role="img" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
        <title>A &amp; B</title>
        <rect width="100%" height="100%" fill="#ffffff"/>
        <text x="24" y="32" font-size="15" fill="#222222" font-weight="bold">A &amp; B</text>
        <polyline points="62.62,50 62.62,76" fill="none" stroke="#e3e3e3" stroke-width="1" stroke-linejoin="round"/>
        <text x="62.62" y="94" font-size="12" fill="#666666" text-anchor="middle">0</text>
        <polyline points="254.41,50 254.41,76" fill="none" stroke="#e3e3e3" stroke-width="1" stroke-linejoin="round"/>
        <text x="254.41" y="94" font-size="12" fill="#666666" text-anchor="middle">5</text>
        <polyline points="446.21,50 446.21,76" fill="none" stroke="#e3e3e3" stroke-width="1" stroke-linejoin="round"/>
        <text x="446.21" y="94" font-size="12" fill="#666666" text-anchor="middle">10</text>
        <polyline points="638,50 638,76" fill="none" stroke="#e3e3e3" stroke-width="1" stroke-linejoin="round"/>
        <text x="638" y="94" font-size="12" fill="#666666" text-anchor="middle">15</text>
        <polyline points="62.62,50 62.62,76 638,76" fill="none" stroke="#666666" stroke-width="1.2" stroke-linejoin="round"/>
        <text x="350.31" y="118" font-size="13" fill="#222222" text-anchor="middle">EER (%)</text>
        <text x="52.62" y="67.5" font-size="13" fill="#222222" text-anchor="end">one</text>
        <polygon points="62.62,53 542.1,53 542.1,73 62.62,73" fill="#0072b2" fill-opacity="0.85"/>
        <text x="548.1" y="67.2" font-size="12" fill="#222222">12.5</text>
        </svg>

        """##
}
