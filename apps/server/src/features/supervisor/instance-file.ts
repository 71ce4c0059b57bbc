import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { identify, isAlive } from './process-identity.js';

const identity = z.object({ pid: z.number(), start: z.string() });

const instanceSchema = z.object({
  host: z.string(),
  pid: z.number(),
  start: z.string(),
  startedAt: z.string(),
  address: z.string().nullable(),
  processes: z.array(
    identity
      .extend({ name: z.string(), state: z.string(), restarts: z.number() })
      .partial({ pid: true, start: true }),
  ),
});

/** One running supervisor, as its data folder tells. */
export type Instance = z.infer<typeof instanceSchema>;
export type ProcessFacts = Instance['processes'][number];

/** Written anew at least this often, so that other hosts can tell a living instance from a lost one. */
export const heartbeatMs = 5_000;
const lostAfterMs = 30_000;

const fileOf = (dataFolder: string): string => join(dataFolder, 'countroom.lock');

export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(
    dataFolder: string,
    readonly instance: Instance,
  ) {
    const where = instance.host === hostname() ? '' : ` on ${instance.host}`;
    super(
      `Countroom is running already with the data folder ${dataFolder}: ` +
        `${instance.address ?? 'still starting'} (process ${instance.pid}${where}). ` +
        'Stop it with "./countroom down", or choose another folder with --data.',
    );
  }
}

/** What is written in the data folder; `alive` tells whether it is still true. */
export function readInstance(dataFolder: string): { instance: Instance; alive: boolean } | undefined {
  const file = fileOf(dataFolder);
  try {
    const instance = instanceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const alive =
      instance.host === hostname() ? isAlive(instance) : Date.now() - statSync(file).mtimeMs < lostAfterMs;
    return { instance, alive };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read. If no Countroom uses this folder, remove that file.`, {
      cause: error,
    });
  }
}

/** The claim of one supervisor on one data folder. */
export class InstanceFile {
  private facts: Instance;

  private constructor(private readonly dataFolder: string) {
    const self = identify(process.pid);
    this.facts = {
      host: hostname(),
      pid: process.pid,
      start: self?.start ?? '',
      startedAt: new Date().toISOString(),
      address: null,
      processes: [],
    };
  }

  /** Returns what a supervisor that died left behind, if there was one. Fails when one is alive. */
  static claim(dataFolder: string): { file: InstanceFile; left: Instance | undefined } {
    mkdirSync(dataFolder, { recursive: true });
    const file = new InstanceFile(dataFolder);
    let left: Instance | undefined;
    while (!file.create()) {
      const found = readInstance(dataFolder);
      if (found === undefined) continue;
      if (found.alive) throw new AlreadyRunningError(dataFolder, found.instance);
      left = found.instance;
      file.removeStale(found.instance);
    }
    return { file, left };
  }

  update(facts: Partial<Pick<Instance, 'address' | 'processes'>>): void {
    this.facts = { ...this.facts, ...facts };
    const temporary = this.temporary();
    writeFileSync(temporary, this.text(), { mode: 0o644 });
    renameSync(temporary, fileOf(this.dataFolder));
  }

  release(): void {
    rmSync(fileOf(this.dataFolder), { force: true });
  }

  /** A link to a finished file: whoever comes first has it, with its contents complete. */
  private create(): boolean {
    const temporary = this.temporary();
    writeFileSync(temporary, this.text(), { mode: 0o644 });
    try {
      linkSync(temporary, fileOf(this.dataFolder));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  private removeStale(stale: Instance): void {
    const aside = `${this.temporary()}.stale`;
    try {
      renameSync(fileOf(this.dataFolder), aside);
    } catch {
      return;
    }
    const taken = instanceSchema.parse(JSON.parse(readFileSync(aside, 'utf8')));
    // Another starter was quicker and this is its new file: give it back.
    if (taken.pid !== stale.pid || taken.start !== stale.start) renameSync(aside, fileOf(this.dataFolder));
    else rmSync(aside, { force: true });
  }

  private text(): string {
    return `${JSON.stringify(this.facts, undefined, 2)}\n`;
  }

  private temporary(): string {
    return `${fileOf(this.dataFolder)}.${process.pid}`;
  }
}
