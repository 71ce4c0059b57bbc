const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
/** Deeper than anything that is read from files of configurations. */
const deepest = 200;

interface Level {
  /** Keys seen so far; undefined in a list. */
  readonly keys: Set<string> | undefined;
  step: string | number;
}

/**
 * What a JSON text says, like JSON.parse, but a key that stands twice in an object is a fault: its first value would be lost
 * without a word. So are objects and lists nested deeper than 200 times. Numbers, texts and all else are those of JSON.parse.
 * Throws a SyntaxError that names the place, for a key that stands twice with its line.
 */
export function parseJson(text: string): unknown {
  const value = JSON.parse(text) as unknown;
  const levels: Level[] = [];
  let last: RegExpExecArray | undefined;
  for (const token of text.matchAll(tokens)) {
    const [word] = token;
    const level = levels.at(-1);
    if (word === ':' && level?.keys !== undefined) enter(text, levels, level.keys, last!);
    else if (word === ',' && typeof level?.step === 'number') level.step++;
    else if (word === '{' || word === '[') {
      levels.push(word === '{' ? { keys: new Set(), step: '' } : { keys: undefined, step: 0 });
      if (levels.length > deepest)
        throw new SyntaxError(`${placeOf(levels.slice(0, 4))}… is nested deeper than ${deepest} times`);
    } else if (word === '}' || word === ']') levels.pop();
    last = token;
  }
  return value;
}

/** Notes a key of the innermost object. */
function enter(text: string, levels: readonly Level[], keys: Set<string>, token: RegExpExecArray): void {
  const key = JSON.parse(token[0]) as string;
  levels.at(-1)!.step = key;
  if (keys.has(key)) {
    const line = text.slice(0, token.index).split('\n').length;
    throw new SyntaxError(
      `${placeOf(levels)} stands twice, again in line ${line}; give one of them another name`,
    );
  }
  keys.add(key);
}

function placeOf(levels: readonly Level[]): string {
  return levels.map(({ step }) => step).join('.');
}
