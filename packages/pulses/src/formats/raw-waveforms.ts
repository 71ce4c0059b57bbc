/** What stands at the head of a file of raw waveforms, under picoCosmo's names. */
export interface RawWaveformsHead {
  /** `OscConf`: the scope. Readers need `Channels`, `TSampling` (s) and `pretrig` (part of the record before the trigger). */
  readonly scope: Readonly<Record<string, unknown>>;
  /** `pFConf`: the pulse filter that chose the records; empty when none did. */
  readonly filter: Readonly<Record<string, unknown>>;
}

/**
 * Begin of a file of raw waveforms of picoCosmo (a YAML document): the head and the key that the records follow. Values are
 * written in YAML's flow style, one key per line.
 */
export function rawWaveformsHead({ scope, filter }: RawWaveformsHead): string {
  return `--- #raw waveforms\nOscConf:\n${mapping(scope)}pFConf:\n${mapping(filter)}data:\n`;
}

/**
 * One record: a list of volts per channel, a line of its own. `decimals` behind the point (picoCosmo writes 5); undefined: as
 * many digits as a float32 has, so that reading gives the very same float32 again. Throws a RangeError for a sample that is
 * NaN or infinite: no reader of these files takes one.
 */
export function rawWaveformsRecord(records: readonly ArrayLike<number>[], decimals?: number): string {
  const write = decimals === undefined ? shortest() : rounded(decimals);
  const lists = records.map((record) => `[${Array.from(record, write).join(', ')}]`);
  return `- [${lists.join(', ')}]\n`;
}

/**
 * Part of a record that lies before the trigger as `pretrig` has it: readers take the whole part of `pretrig` × `samples`,
 * which gives `before` again.
 */
export function pretriggerPart(before: number, samples: number): number {
  const part = before / samples;
  return Math.trunc(part * samples) === before ? part : (before + 0.5) / samples;
}

function mapping(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${flow(value)}\n`)
    .join('');
}

/** JSON is YAML but for numbers with an exponent, which YAML 1.1 takes for text unless they have a point and a sign. */
function flow(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? yamlNumber(value) : 'null';
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${flow(inner)}`);
    return `{${pairs.join(', ')}}`;
  }
  return JSON.stringify(value ?? null);
}

function yamlNumber(value: number): string {
  const text = String(value);
  const exponent = text.indexOf('e');
  if (exponent < 0) return text;
  const digits = text.slice(0, exponent);
  return `${digits.includes('.') ? digits : `${digits}.0`}${text.slice(exponent)}`;
}

function rounded(decimals: number): (value: number) => string {
  const scale = 10 ** decimals;
  return (value) => sample(Math.round(finite(value) * scale) / scale);
}

/** A record of a scope has few different values, so that most texts are made once. */
function shortest(): (value: number) => string {
  const known = new Map<number, string>();
  return (given) => {
    const value = Math.fround(finite(given));
    let text = known.get(value);
    if (text === undefined) {
      text = sample(fewestDigits(value));
      known.set(value, text);
    }
    return text;
  };
}

/** The number of fewest digits that becomes the same float32. */
function fewestDigits(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

/** Always with a point: readers that tell whole numbers from others must not see two kinds in one list. */
function sample(value: number): string {
  const text = yamlNumber(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`a sample is ${value}: the file cannot hold it`);
  return value;
}
