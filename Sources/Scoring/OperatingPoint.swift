/// What a threshold does: how many target trials it misses and how many nontarget trials it lets pass.
package struct OperatingPoint: Hashable, Sendable {
    /// Target trials rejected.
    package let missCount: Int
    /// Nontarget trials accepted.
    package let falseAlarmCount: Int
    package let targetCount: Int
    package let nontargetCount: Int

    /// Share of the target trials that are rejected (FRR, P_miss): 0…1.
    package var missRate: Double { Double(missCount) / Double(targetCount) }
    /// Share of the nontarget trials that are accepted (FAR, P_fa): 0…1.
    package var falseAlarmRate: Double { Double(falseAlarmCount) / Double(nontargetCount) }

    /// (falseAlarmRate − missRate) · targets · nontargets, a whole number: its sign tells the side of the EER.
    var surplus: Int { falseAlarmCount * targetCount - missCount * nontargetCount }
}
