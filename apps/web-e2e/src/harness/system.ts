import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, run } from './command.js';
import { waitFor } from './wait-for.js';
import { newFolder } from './workspace.js';

/** One process of a system, as its data folder tells. */
export interface ProcessFacts {
  readonly name: string;
  readonly state: string;
  readonly restarts: number;
  readonly pid?: number;
}

const startMs = 150_000;

/** `./countroom up` on a data folder of its own, on a free port. */
export class System {
  private constructor(
    readonly dataFolder: string,
    readonly address: string,
    /** Printed as long as there is no user. */
    readonly setupLink: string | undefined,
    private readonly up: Command | undefined,
  ) {}

  /** Resolves when the address has been printed; when that fails nothing is left running. */
  static async start(dataFolder = newFolder('data')): Promise<System> {
    const up = new Command(['up', '--port', '0', '--data', dataFolder]);
    try {
      const greeting = await waitFor(
        'the address that "countroom up" prints',
        () => {
          if (up.exitCode !== undefined) throw new Error(`"countroom up" ended: ${up.output}`);
          return /Countroom runs at[^]*Stop it with/.test(up.output) && up.output;
        },
        startMs,
      );
      return new System(dataFolder, ...readGreeting(greeting), up);
    } catch (error) {
      up.interrupt();
      await up.ended;
      throw error;
    }
  }

  static async startDetached(dataFolder: string): Promise<System> {
    const { exitCode, output } = await run(['up', '--detach', '--port', '0', '--data', dataFolder]);
    if (exitCode !== 0) throw new Error(`"countroom up --detach" ended with ${exitCode}: ${output}`);
    return new System(dataFolder, ...readGreeting(output), undefined);
  }

  processOf(name: string): ProcessFacts | undefined {
    return processOf(this.dataFolder, name);
  }

  /** All that was printed so far. */
  get output(): string {
    return this.up?.output ?? '';
  }

  /** Ctrl-C, as in a terminal; resolves with the exit code when everything has stopped. */
  async interrupt(): Promise<number> {
    if (this.up === undefined) throw new Error('A detached system has no terminal.');
    this.up.interrupt();
    return this.up.ended;
  }

  async down(): Promise<void> {
    const { exitCode, output } = await run(['down', '--data', this.dataFolder]);
    if (exitCode !== 0) throw new Error(`"countroom down" ended with ${exitCode}: ${output}`);
    await this.up?.ended;
  }

  /** Stops in order, then removes the data. */
  async dispose(): Promise<void> {
    try {
      await this.down();
    } finally {
      this.up?.kill();
      rmSync(this.dataFolder, { recursive: true, force: true });
    }
  }
}

/** What the supervisor writes down of one of its children. */
export function processOf(dataFolder: string, name: string): ProcessFacts | undefined {
  const text = readFileSync(join(dataFolder, 'countroom.lock'), 'utf8');
  const { processes } = JSON.parse(text) as { processes: ProcessFacts[] };
  return processes.find((facts) => facts.name === name);
}

function readGreeting(output: string): [address: string, setupLink: string | undefined] {
  const address = /Countroom runs at (\S+)/.exec(output)?.[1];
  if (address === undefined) throw new Error(`No address was printed: ${output}`);
  return [new URL(address).origin, /\S+\/setup#token=\S+/.exec(output)?.[0]];
}
