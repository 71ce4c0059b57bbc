import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DriverError } from '../errors.js';
import type { LineFile } from './consumer-module.api.js';

const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

/** Text files of one consumer, written in parts. */
export class LineFiles {
  private readonly folder: string;
  private readonly files = new Map<string, string[]>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A file by its plain name; lines are added behind what is there. */
  open(name: string): LineFile {
    if (!plainName.test(name)) {
      throw new DriverError(
        'consumer',
        name,
        `${name} is no plain file name: letters, digits, dots, dashes, no folders`,
      );
    }
    const lines = this.files.get(name) ?? [];
    this.files.set(name, lines);
    return { write: (line) => void lines.push(line) };
  }

  /** Writes out what has gathered. */
  flush(): void {
    for (const [name, lines] of this.files) {
      if (lines.length === 0) continue;
      mkdirSync(this.folder, { recursive: true });
      appendFileSync(join(this.folder, name), `${lines.join('\n')}\n`);
      lines.length = 0;
    }
  }
}
