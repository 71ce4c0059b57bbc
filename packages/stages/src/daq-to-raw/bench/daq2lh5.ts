import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../scripts/daq2lh5-rate.py', import.meta.url));

/** Python with legend-daq2lh5, in an environment of its own below the folder for temporary files; undefined without network. */
export function daq2lh5Python(): string | undefined {
  const folder = join(tmpdir(), 'countroom-daq2lh5');
  const python = join(folder, 'bin/python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', 'legend-daq2lh5'], { stdio: 'ignore' });
    return python;
  } catch {
    return undefined;
  }
}

/** legend-daq2lh5 in a process of its own, which stays warm. */
export class Daq2lh5Process {
  private readonly child: ChildProcess;
  private readonly lines: Interface;
  private readonly ended: Promise<never>;

  constructor(python: string) {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.child = child;
    this.lines = createInterface({ input: child.stdout });
    this.ended = once(child, 'exit').then(() => {
      throw new Error('legend-daq2lh5 has ended without an answer');
    });
    this.ended.catch(() => undefined);
  }

  /** Seconds for the conversion of a FlashCam file. */
  async convert(input: string, output: string): Promise<number> {
    return Number(await this.ask('convert', input, output));
  }

  /** MB/s of encoding and decoding the waveforms of a raw file. */
  async radware(file: string): Promise<readonly [encode: number, decode: number]> {
    const [encode = Number.NaN, decode = Number.NaN] = (await this.ask('radware', file))
      .split(' ')
      .map(Number);
    return [encode, decode];
  }

  /** Ends the process. */
  stop(): void {
    this.child.stdin?.end();
    this.child.kill();
  }

  private async ask(...command: string[]): Promise<string> {
    const answer = once(this.lines, 'line') as Promise<[string]>;
    this.child.stdin?.write(`${command.join('\t')}\n`);
    const [line] = await Promise.race([answer, this.ended]);
    return line;
  }
}
