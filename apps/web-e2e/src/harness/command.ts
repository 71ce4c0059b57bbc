import { type ChildProcess, spawn } from 'node:child_process';
import { command } from './workspace.js';

/** `./countroom …` as a person starts it in a terminal: in a process group of its own. */
export class Command {
  output = '';
  exitCode: number | undefined;
  readonly ended: Promise<number>;
  private readonly child: ChildProcess;

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutSettings(process.env), ...environment },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    }
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', (code) => {
        this.exitCode = code ?? -1;
        resolve(this.exitCode);
      });
    });
  }

  /** Ctrl-C: the whole group gets it. */
  interrupt(): void {
    this.signal('SIGINT');
  }

  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(name: NodeJS.Signals): void {
    if (this.exitCode === undefined && this.child.pid !== undefined) process.kill(-this.child.pid, name);
  }
}

/** Runs a command to its end. */
export async function run(
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Command> {
  const started = new Command(args, environment);
  await started.ended;
  return started;
}

/** Settings of the machine that runs the tests must not reach the system under test. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(
    ([name]) => !/^(COUNTROOM_|VITEST|DATABASE_URL$|REDIS_URL$|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return Object.fromEntries(entries);
}
