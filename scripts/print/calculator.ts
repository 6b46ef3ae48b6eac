// The little language of PDF's calculator functions (ISO 32000-1, 7.10.5), as far as arithmetic goes: takes the program's
// text, gives the function.

type Step = number | string | readonly Step[];

/** Throws where the program has an operator that it may not have. */
export function calculator(code: string): (input: readonly number[]) => number[] {
  const tokens = code.match(/[{}]|[^\s{}]+/g) ?? [];
  let at = 0;
  const block = (): Step[] => {
    const steps: Step[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (token === '}') break;
      steps.push(token === '{' ? block() : Number.isNaN(Number(token)) ? token : Number(token));
    }
    return steps;
  };
  const [program] = block();
  return (input) => {
    const stack: Item[] = [...input];
    run(program as readonly Step[], stack);
    return stack.map(Number);
  };
}

type Item = number | boolean | readonly Step[];

function run(steps: readonly Step[], stack: Item[]): void {
  for (const step of steps) {
    if (typeof step !== 'string') stack.push(step);
    else if (step === 'if' || step === 'ifelse') {
      const otherwise = step === 'ifelse' ? stack.pop() : [];
      const then = stack.pop();
      run((stack.pop() ? then : otherwise) as readonly Step[], stack);
    } else if (Object.hasOwn(MOVES, step)) MOVES[step]!(stack);
    else if (Object.hasOwn(ONE, step)) stack.push(ONE[step]!(Number(stack.pop())));
    else if (Object.hasOwn(TWO, step)) {
      const second = Number(stack.pop());
      stack.push(TWO[step]!(Number(stack.pop()), second));
    } else throw new Error(`a calculator function with \`${step}\``);
  }
}

const DEGREE = Math.PI / 180;

const ONE: Readonly<Record<string, (a: number) => Item>> = {
  ...{ abs: Math.abs, neg: (a) => -a, sqrt: Math.sqrt, ceiling: Math.ceil, floor: Math.floor },
  ...{ round: Math.round, truncate: Math.trunc, cvi: Math.trunc, cvr: (a) => a, ln: Math.log, log: Math.log10 },
  ...{ sin: (a) => Math.sin(a * DEGREE), cos: (a) => Math.cos(a * DEGREE), not: (a) => !a },
};

const TWO: Readonly<Record<string, (a: number, b: number) => Item>> = {
  ...{ add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, exp: (a, b) => a ** b },
  ...{
    idiv: (a, b) => Math.trunc(a / b),
    mod: (a, b) => a % b,
    atan: (a, b) => (Math.atan2(a, b) / DEGREE + 360) % 360,
  },
  ...{ eq: (a, b) => a === b, ne: (a, b) => a !== b, lt: (a, b) => a < b, le: (a, b) => a <= b },
  ...{ gt: (a, b) => a > b, ge: (a, b) => a >= b, and: (a, b) => a & b, or: (a, b) => a | b, xor: (a, b) => a ^ b },
  bitshift: (a, b) => (b < 0 ? a >> -b : a << b),
};

const MOVES: Readonly<Record<string, (stack: Item[]) => void>> = {
  dup: (stack) => void stack.push(stack.at(-1)!),
  pop: (stack) => void stack.pop(),
  exch: (stack) => void stack.push(...stack.splice(-2).reverse()),
  copy: (stack) => {
    const count = Number(stack.pop());
    if (count > 0) stack.push(...stack.slice(-count));
  },
  index: (stack) => void stack.push(stack.at(-1 - Number(stack.pop()))!),
  roll: (stack) => {
    const by = Number(stack.pop());
    const count = Number(stack.pop());
    if (count <= 0) return;
    const rolled = stack.splice(-count);
    const start = (((-by % count) + count) % count) | 0;
    stack.push(...rolled.slice(start), ...rolled.slice(0, start));
  },
  true: (stack) => void stack.push(true),
  false: (stack) => void stack.push(false),
};
