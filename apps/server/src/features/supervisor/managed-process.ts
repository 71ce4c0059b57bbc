import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Environment } from '../../platform/config/load-config.js';
import type { Log } from '../../platform/logging/create-log.js';
import { childMessage } from '../../platform/process/child-messages.js';
import { BackOff } from './back-off.js';
import type { ProcessFacts } from './instance-file.js';
import { killGroup } from './leftovers.js';
import { processStart } from './process-identity.js';
import { Pulse, type SilenceLimits } from './pulse.js';

export interface ProcessSpec {
  readonly name: string;
  /** Compiled entry file and its arguments. */
  readonly command: readonly [entry: string, ...args: string[]];
  readonly environment: NodeJS.ProcessEnv;
  /** Time to close before it is killed with all it started. */
  readonly stopDeadlineMs: number;
  /** How long it may be silent. */
  readonly silence?: SilenceLimits;
  /** Asked before it is started anew because it is silent; without it, it always is. */
  readonly mayRestart?: () => Promise<boolean>;
}

export interface ProcessHooks {
  readonly log: Log;
  /** Where its output goes; a number is a file descriptor that is closed after the start. */
  readonly output: (name: string) => number | 'inherit';
  /** Where a person finds why it ended, when it could not say so itself. */
  readonly whereLogged: (name: string) => string;
  readonly onChange: () => void;
}

/** `silent`: it runs and does not answer. */
export type ProcessState = 'starting' | 'running' | 'silent' | 'waiting' | 'stopping' | 'stopped';

/** One child in a process group of its own: started, watched, started again when it ends, stopped. */
export class ManagedProcess {
  state: ProcessState = 'stopped';
  address: string | undefined;
  /** Resolves when it has been ready, has ended or was given up for the first time. */
  readonly tried: Promise<void>;
  private settleTried: () => void = () => undefined;
  private child: ChildProcess | undefined;
  private restarts = 0;
  private timer: NodeJS.Timeout | undefined;
  private failure: string | undefined;
  private settleFirst: ((error?: Error) => void) | undefined;
  private pulse: Pulse | undefined;

  constructor(
    readonly spec: ProcessSpec,
    private readonly hooks: ProcessHooks,
    private readonly backOff = new BackOff(),
  ) {
    this.tried = new Promise((resolve) => {
      this.settleTried = resolve;
    });
  }

  /** Resolves when it is ready for the first time; fails when it ends before that, and then is not started again. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settleFirst = (error) => (error === undefined ? resolve() : reject(error));
      this.launch({});
    });
  }

  /** For what is added while the rest runs: a first failure is no reason to give up. */
  keepStarting(): void {
    this.launch({});
  }

  /** Lets a pending start() fail: somebody wants to stop. */
  giveUpStarting(): void {
    this.settleTried();
    this.settleFirst?.(new Error(`${this.spec.name} was stopped before it was ready.`));
    this.settleFirst = undefined;
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.giveUpStarting();
    const { child } = this;
    this.change('stopping');
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const { pid } = child;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        this.hooks.log.warn({ name: this.spec.name }, 'did not stop in time; killed');
        killGroup(pid, 'SIGKILL');
      }, this.spec.stopDeadlineMs);
      await gone;
      clearTimeout(timer);
      // Whatever it started must not outlive it.
      killGroup(pid, 'SIGKILL');
    }
    this.change('stopped');
  }

  /** At once, without closing anything. */
  kill(): void {
    if (this.child?.pid !== undefined) killGroup(this.child.pid, 'SIGKILL');
  }

  /** Called every second or so: notices when it has stopped answering, and starts it anew when that lasts. */
  async checkPulse(nowMs: number): Promise<void> {
    const { pulse, child } = this;
    if (pulse === undefined || (this.state !== 'running' && this.state !== 'silent')) return;
    const { name, mayRestart } = this.spec;
    const { silent, restart, silentMs } = pulse.look(nowMs);
    const seconds = Math.round(silentMs / 1_000);
    if (silent && this.state === 'running') {
      this.hooks.log.error({ name, seconds, pid: child?.pid }, 'does not answer');
      this.change('silent');
    }
    if (!restart) return;
    if (mayRestart !== undefined && !(await mayRestart().catch(() => false))) {
      const { log } = this.hooks;
      log.error(
        { name, seconds, pid: child?.pid },
        'does not answer while in use; left alone for a person to decide',
      );
      return;
    }
    // It may have answered, or been stopped, while that was asked.
    if (this.pulse !== pulse || this.child !== child || !pulse.look(nowMs).silent) return;
    this.failure = `did not answer for ${seconds} s`;
    this.kill();
  }

  facts(): ProcessFacts {
    const pid = this.child?.pid;
    const start = pid === undefined ? undefined : processStart(pid);
    const named = { name: this.spec.name, state: this.state, restarts: this.restarts };
    return pid === undefined || start === undefined ? named : { ...named, pid, start };
  }

  private launch(environment: Environment): void {
    this.change('starting');
    this.failure = undefined;
    this.pulse = undefined;
    const begun = Date.now();
    const output = this.hooks.output(this.spec.name);
    const child = spawn(process.execPath, [...this.spec.command], {
      detached: true,
      env: { ...this.spec.environment, ...environment },
      stdio: ['ignore', output, output, 'ipc'],
    });
    if (typeof output === 'number') closeSync(output);
    this.child = child;
    child.on('message', (message) => this.receive(message));
    child.on('error', (error) => {
      this.failure = error.message;
      if (child.pid === undefined) this.ended(begun, error.message);
    });
    child.once('exit', (code, signal) => this.ended(begun, signal ?? `exit code ${code ?? 'unknown'}`));
  }

  private receive(message: unknown): void {
    const parsed = childMessage.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.type === 'failed') {
      this.failure = parsed.data.message;
      return;
    }
    const now = performance.now();
    if (parsed.data.type === 'alive') {
      this.pulse?.heard(now);
      if (this.state === 'silent') {
        this.hooks.log.warn({ name: this.spec.name }, 'answers again');
        this.change('running');
      }
      return;
    }
    this.pulse = new Pulse(now, this.spec.silence);
    this.address = parsed.data.address;
    if (this.state === 'starting') this.change('running');
    this.settleTried();
    this.settleFirst?.();
    this.settleFirst = undefined;
  }

  private ended(begun: number, how: string): void {
    if (this.child?.pid !== undefined) killGroup(this.child.pid, 'SIGKILL');
    this.settleTried();
    if (this.state === 'stopping' || this.state === 'stopped') return;
    const { name } = this.spec;
    const reason = this.failure ?? how;
    if (this.settleFirst !== undefined) {
      const settle = this.settleFirst;
      this.settleFirst = undefined;
      this.change('stopped');
      const more = this.failure === undefined ? `; see ${this.hooks.whereLogged(name)}` : '';
      settle(new Error(`${name} did not start: ${reason}${more}`));
      return;
    }
    const delay = this.backOff.delayAfter(Date.now() - begun);
    this.hooks.log.error({ name, reason, delay }, 'ended unexpectedly; starting it again');
    this.change('waiting');
    this.timer = setTimeout(() => {
      this.restarts += 1;
      this.launch(this.address === undefined ? {} : samePort(this.address));
    }, delay);
  }

  private change(state: ProcessState): void {
    this.state = state;
    this.hooks.onChange();
  }
}

/** Open pages come back to the address they know, also when any free port had been asked for. */
function samePort(address: string): Environment {
  const { port } = new URL(address);
  return port === '' ? {} : { COUNTROOM_PORT: port };
}
