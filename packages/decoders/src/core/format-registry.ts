import type { FormatDefinition } from './decoder.js';
import { DecodeError } from './errors.js';
import { recognise } from './signatures.js';

/** Bytes that are enough to know any format that has a signature. */
export const detectBytes = 64;

/** Bytes after which no further ones help: two events in succession of a format without signature. */
export const mostDetectBytes = 256 << 10;

/** The formats that can be read here. */
export class FormatRegistry {
  private readonly formats = new Map<string, FormatDefinition>();

  constructor(formats: Iterable<FormatDefinition> = []) {
    for (const format of formats) this.register(format);
  }

  /** Adds a format; throws a RangeError when its name is taken. */
  register(format: FormatDefinition): void {
    if (this.formats.has(format.name))
      throw new RangeError(`the format ${format.name} is registered already`);
    this.formats.set(format.name, format);
  }

  /** Names of all formats, in order of registration. */
  get names(): readonly string[] {
    return [...this.formats.keys()];
  }

  /** All formats, in order of registration. */
  get all(): readonly FormatDefinition[] {
    return [...this.formats.values()];
  }

  /** The format of that name; throws DecodeError naming those there are. */
  get(name: string): FormatDefinition {
    const format = this.formats.get(name);
    if (format === undefined) {
      throw new DecodeError('format', `there is no format ${name}`, `choose one of ${this.names.join(', ')}`);
    }
    return format;
  }

  /** The format of a file that begins with `first`; undefined when none knows it. */
  detect(first: Uint8Array): FormatDefinition | undefined {
    return this.all.find((format) => format.detect(first));
  }

  /** As detect, but throws DecodeError that says what the file looks like. */
  require(first: Uint8Array, input = 'input'): FormatDefinition {
    const format = this.detect(first);
    if (format !== undefined) return format;
    const known = recognise(first);
    const fault =
      first.length === 0
        ? 'the file is empty'
        : known === undefined
          ? 'the beginning is of no known DAQ format'
          : `this is a file of format ${known}, for which there is no decoder yet`;
    throw new DecodeError(input, fault, `formats that can be read: ${this.names.join(', ')}`);
  }
}
