import { Worker } from 'node:worker_threads';
import { keepHeapsCalm } from './calm-heap.js';
import type { CommandProgress, CommandResult } from './command.js';
import type { RunContext } from './driver.js';
import { DriverError, errorFromFacts } from './errors.js';
import { Ring } from './ring/ring.js';
import type { SignalDefinition, SignalReading, SignalValue } from './signal.js';
import type {
  PreparedSource,
  SourceEvents,
  SourceHandle,
  SourceOptions,
  SourceStatus,
  StopReport,
} from './source-host.api.js';
import type { SourceCall, SourceCalls, SourceMessage, SourceSetup } from './source-protocol.js';
import { emptyTimeAccount } from './time-account.js';
import { workerEntry } from './worker-entry.js';

/** Time for an answer beyond a call's own deadline, ms. */
const answerMs = 10_000;
/** Default time for draining a device, ms. */
const drainMs = 10_000;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  progress?: ((progress: CommandProgress) => void) | undefined;
}

/**
 * Starts a source: its thread, its driver. Rejects with a DriverError when the kind is unknown, the
 * configuration is bad or the device cannot be reached.
 */
export function startSource(options: SourceOptions): Promise<SourceHandle> {
  const { source, kind, config, simulate, registryModule } = options;
  const setup: SourceSetup = {
    source,
    kind,
    config,
    simulate,
    ...(registryModule === undefined ? {} : { registryModule: registryModule.href }),
  };
  keepHeapsCalm();
  const worker = new Worker(workerEntry('./source.worker.js', import.meta.url), {
    workerData: setup,
    name: source,
  });
  return new Promise((resolve, reject) => {
    worker.once('error', (error) =>
      reject(new DriverError('thread-ended', source, error.message, { cause: error })),
    );
    worker.once('exit', (code) => {
      const message = `the thread of source ${source} ended with code ${code} before the driver was made`;
      reject(new DriverError('thread-ended', source, message));
    });
    const hear = (message: SourceMessage): void => {
      if (message.type === 'log') options.events?.log?.(message.level, message.message);
      else if (message.type === 'failed') reject(errorFromFacts(message.error));
      else if (message.type === 'ready') {
        worker.off('message', hear);
        resolve(new SourceHost(worker, options, message.signals));
      }
    };
    worker.on('message', hear);
  });
}

/** Owner's side of a source; made by `startSource`. */
class SourceHost implements SourceHandle {
  readonly source: string;
  readonly kind: string;
  readonly signals: readonly SignalDefinition[];
  status: SourceStatus;
  private readonly worker: Worker;
  private readonly options: SourceOptions;
  private readonly events: SourceEvents;
  private readonly pending = new Map<number, Pending>();
  private current: Ring;
  private lastId = 0;
  private exited: DriverError | undefined;
  private closing = false;

  constructor(worker: Worker, options: SourceOptions, signals: readonly SignalDefinition[]) {
    this.worker = worker;
    this.options = options;
    this.events = options.events ?? {};
    this.source = options.source;
    this.kind = options.kind;
    this.signals = signals;
    this.current = Ring.create(options.ring);
    this.status = {
      source: options.source,
      state: 'idle',
      counters: { triggers: 0n, recorded: 0n, dropped: 0n, time: emptyTimeAccount, tables: [] },
      bufferFull: false,
      bufferFill: 0,
      timeNs: 0n,
    };
    worker.on('message', (message: SourceMessage) => this.hear(message));
    worker.on('error', (error) => this.lost(error.message));
    worker.on('exit', (code) => this.lost(`its thread ended with code ${code}`));
  }

  get ring(): Ring {
    return this.current;
  }

  async prepare(run: RunContext): Promise<PreparedSource> {
    const ring = Ring.create(this.options.ring);
    const prepared = await this.call('prepare', { run, ring: ring.buffer }, { deadlineMs: 60_000 });
    this.current = ring;
    return prepared;
  }

  async start(): Promise<void> {
    await this.call('start', null);
  }

  async pause(): Promise<void> {
    await this.call('pause', null);
  }

  async resume(): Promise<void> {
    await this.call('resume', null);
  }

  stop(deadlineMs = drainMs): Promise<StopReport> {
    return this.call('stop', { deadlineMs }, { deadlineMs: deadlineMs + answerMs, vital: true });
  }

  readSignals(): Promise<readonly SignalReading[]> {
    return this.call('readSignals', null);
  }

  writeSignal(name: string, value: SignalValue): Promise<SignalReading> {
    return this.call('writeSignal', { name, value });
  }

  runCommand(
    name: string,
    parameters: unknown,
    options: { signal?: AbortSignal; onProgress?: (progress: CommandProgress) => void } = {},
  ): Promise<CommandResult> {
    return this.call('runCommand', { name, parameters }, { ...options, deadlineMs: Infinity });
  }

  async close(deadlineMs = 5000): Promise<void> {
    if (this.exited !== undefined) return;
    this.closing = true;
    const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    await this.call('close', null, { deadlineMs, vital: true });
    await within(ended, deadlineMs, () => this.overdue('close', deadlineMs, true));
  }

  private call<C extends SourceCall>(
    call: C,
    argument: SourceCalls[C]['argument'],
    options: {
      deadlineMs?: number;
      vital?: boolean;
      signal?: AbortSignal;
      onProgress?: (progress: CommandProgress) => void;
    } = {},
  ): Promise<SourceCalls[C]['result']> {
    if (this.exited !== undefined) return Promise.reject(this.exited);
    const { deadlineMs = answerMs, vital = false, signal, onProgress } = options;
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, progress: onProgress });
      this.worker.postMessage({ id, call, argument });
    }).finally(() => this.pending.delete(id));
    const cancel = (): void => this.worker.postMessage({ id, call: 'cancel' });
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    return within(answer, deadlineMs, () => this.overdue(call, deadlineMs, vital)).finally(() =>
      signal?.removeEventListener('abort', cancel),
    ) as Promise<SourceCalls[C]['result']>;
  }

  private hear(message: SourceMessage): void {
    switch (message.type) {
      case 'answer':
        this.pending.get(message.id)?.resolve(message.value);
        return;
      case 'refusal':
        this.pending.get(message.id)?.reject(errorFromFacts(message.error));
        return;
      case 'progress':
        this.pending.get(message.id)?.progress?.(message.progress);
        return;
      case 'status':
        this.status = message.status;
        this.events.status?.(message.status);
        return;
      case 'signals':
        this.events.signals?.(message.readings);
        return;
      case 'log':
        this.events.log?.(message.level, message.message);
        return;
      case 'fault':
        this.events.fault?.(errorFromFacts(message.error));
        return;
      case 'ready':
      case 'failed':
        return;
    }
  }

  private lost(reason: string): void {
    if (this.exited !== undefined) return;
    this.exited = new DriverError('thread-ended', this.source, `source ${this.source} is gone: ${reason}`);
    for (const pending of this.pending.values()) pending.reject(this.exited);
    if (this.closing) return;
    this.status = { ...this.status, state: 'fault' };
    this.events.fault?.(this.exited);
  }

  private overdue(call: string, deadlineMs: number, mustExit: boolean): DriverError {
    const message = `source ${this.source} did not answer ${call} within ${deadlineMs} ms`;
    return new DriverError('deadline', this.source, message, { mustExit });
  }
}

/** The promise's result, or a rejection with `late()` when it takes longer than `ms` (Infinity: no limit). */
async function within<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  if (ms === Infinity) return work;
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}
