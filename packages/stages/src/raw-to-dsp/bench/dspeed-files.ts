import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../scripts/dspeed-files.py', import.meta.url));

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

/** What dspeed is to do, again and again. */
export interface DspeedRequest {
  readonly input: string;
  readonly table: string;
  readonly config: string;
  readonly database: Readonly<Record<string, unknown>>;
}

/** dspeed in a process of its own, kept warm. */
export class DspeedFiles {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
  ) {}

  /** Starts it and lets it compile. `folder` takes its files. */
  static async start(python: string, folder: string, request: DspeedRequest): Promise<DspeedFiles> {
    const file = join(folder, 'request.json');
    writeFileSync(file, JSON.stringify(request));
    const child = spawn(python, [script, file], { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout });
    await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('dspeed did not start');
      }),
    ]);
    return new DspeedFiles(child, lines);
  }

  /** Seconds for the whole file once more. */
  async seconds(): Promise<number> {
    const answer = once(this.lines, 'line') as Promise<[string]>;
    this.child.stdin?.write('\n');
    const [line] = await answer;
    return Number(line);
  }

  /** Ends the process. */
  stop(): void {
    this.child.stdin?.end();
    this.child.kill();
  }
}
