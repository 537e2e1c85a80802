internal import CTorch

/// One argument of an operator of libtorch; plain numbers, flags, lists of sizes and nil are written as they are.
package enum Operand {
    case none
    case tensor(Tensor)
    case tensors([Tensor])
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case integers([Int])
    /// Random numbers of this thread on the device of the first argument, from `LibTorch.seed` on.
    case generator

    package static func optional(_ tensor: Tensor?) -> Operand { tensor.map { .tensor($0) } ?? .none }
}

extension Operand: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension Operand: ExpressibleByNilLiteral, ExpressibleByArrayLiteral {
    package init(nilLiteral: ()) { self = .none }
    package init(arrayLiteral elements: Int...) { self = .integers(elements) }
}

/// Arguments as the C face takes them: structs, and the members of all lists of integers one after another.
@safe struct EncodedOperands {
    private(set) var arguments: [ct_argument] = unsafe []
    private(set) var integers: [Int64] = []

    init(_ operands: [Operand]) {
        for operand in operands { append(operand) }
    }

    private mutating func append(_ operand: Operand) {
        switch operand {
        case .none: append(CT_NONE)
        case .generator: append(CT_GENERATOR)
        case .tensor(let tensor): append(tensor)
        case .tensors(let members):
            append(CT_TENSORS, integer: members.count)
            for member in members { append(member) }
        case .integer(let value): append(CT_INTEGER, integer: value)
        case .number(let value): append(CT_NUMBER, number: value)
        case .flag(let value): append(CT_FLAG, integer: value ? 1 : 0)
        case .integers(let values):
            append(CT_INTEGERS, start: integers.count, count: values.count)
            integers.append(contentsOf: values.map(Int64.init))
        }
    }

    private mutating func append(_ tensor: Tensor) {
        var argument = unsafe ct_argument()
        unsafe argument.kind = CT_TENSOR
        unsafe argument.tensor = unsafe tensor.handle
        unsafe arguments.append(argument)
    }

    private mutating func append(
        _ kind: Int32, integer: Int = 0, number: Double = 0, start: Int = 0, count: Int = 0
    ) {
        var argument = unsafe ct_argument()
        unsafe argument.kind = kind
        unsafe argument.integer = Int64(integer)
        unsafe argument.number = number
        unsafe argument.start = start
        unsafe argument.count = count
        unsafe arguments.append(argument)
    }
}
