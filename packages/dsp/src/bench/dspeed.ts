import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RecordBatch } from '@countroom/records';
import { bytesOf, type ChainCase } from './chain-input.js';

const script = fileURLToPath(new URL('../../scripts/dspeed-rate.py', import.meta.url));

/** Python with dspeed, in an environment of its own below the folder for temporary files; undefined without network. */
export function dspeedPython(): string | undefined {
  const folder = join(tmpdir(), 'countroom-dspeed');
  const python = join(folder, 'bin/python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', 'dspeed'], { stdio: 'ignore' });
    return python;
  } catch {
    return undefined;
  }
}

/** dspeed in a process of its own, kept warm. */
export class DspeedProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
    private readonly folder: string,
  ) {}

  /** Writes the rows for it, builds its chain and runs it once. */
  static async start(python: string, chain: ChainCase, batch: RecordBatch): Promise<DspeedProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'countroom-bench-'));
    bytesOf(batch).forEach((bytes, index) => {
      writeFileSync(join(folder, `${index.toString()}.bin`), bytes);
    });
    const { rows, schema } = batch;
    writeFileSync(
      join(folder, 'columns.json'),
      JSON.stringify({ rows, columns: schema.columns, database: chain.database }),
    );
    const child = spawn(python, [script, folder, chain.configPath], { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout });
    await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('dspeed did not start');
      }),
    ]);
    return new DspeedProcess(child, lines, folder);
  }

  /** Seconds for all rows once more. */
  async seconds(): Promise<number> {
    const answer = once(this.lines, 'line') as Promise<[string]>;
    this.child.stdin?.write('\n');
    const [line] = await answer;
    return (JSON.parse(line) as { readonly seconds: number }).seconds;
  }

  /** Ends the process and removes what was written for it. */
  stop(): void {
    this.child.stdin?.end();
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
