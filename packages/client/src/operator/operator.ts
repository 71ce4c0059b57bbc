import {
  AppError,
  type CommandEvent,
  type CommandInfo,
  type DetectorStatus,
  endpoints,
  type RunCommandName,
  type RunRequest,
} from '@countroom/contracts';
import type { ApiClient } from '../api/api-client.js';
import { CommandNotDone, OperatorTimeout } from './operator-errors.js';

/** What a person says about a run; everything may be left out. */
export type RunWishes = Partial<RunRequest>;

/** An event of a command, with the id of the request that it answers. */
export interface OperatorEvent extends CommandEvent {
  /** Chosen by the operator; the same for all events of one call. */
  readonly requestId: string;
  /** Id of the command on the server. */
  readonly commandId: string;
}

/** How an operator behaves. */
export interface OperatorOptions {
  readonly api: ApiClient;
  /** Name of the detector that is steered. */
  readonly detector: string;
  /** Time for the acknowledgement, and from each event to the next, in ms. Default 30 000. */
  readonly timeoutMs?: number;
  /** Time between looks for new events, in ms. Default 150. */
  readonly pollMs?: number;
}

/** Options of one call. */
export interface CallOptions {
  /** Goal version that the person saw; refused with `conflict.version` when somebody asked for something since. */
  readonly expectedVersion?: number;
  /** Kept with the run where the command ends it. */
  readonly reason?: string;
  /** Stops waiting; the command itself goes on. */
  readonly signal?: AbortSignal;
  /** Asking again with the id of an earlier call gives that call's events instead of a second effect. */
  readonly requestId?: string;
}

/** Events of one call: the acknowledgement first, then progress, last the result (`completed`), which is also returned. */
export type OperatorCall = AsyncGenerator<OperatorEvent, OperatorEvent, void>;

/**
 * Steers one detector. Nothing is sent until the first item of a call is asked for. Every call may throw: `AppError` when it
 * is not accepted (state, baton, rights), `CommandNotDone` after an event of kind `refused` or `failed`, and
 * `OperatorTimeout` when nothing was heard in time. It holds no connection and may be created per request.
 */
export interface Operator {
  /** Prepare and begin in one; takes the baton when it is free. */
  start(run?: RunWishes, options?: CallOptions): OperatorCall;
  /** STOP to READY: every source confirms. */
  prepareRun(run?: RunWishes, options?: CallOptions): OperatorCall;
  /** READY to RUN. Without wishes those of `prepareRun` hold. */
  beginRun(run?: RunWishes, options?: CallOptions): OperatorCall;
  pause(options?: CallOptions): OperatorCall;
  resume(options?: CallOptions): OperatorCall;
  /** Drains the sources and closes the run; in READY it releases them. */
  endRun(options?: CallOptions): OperatorCall;
  /** Ends the run and marks it as aborted. */
  abort(options?: CallOptions): OperatorCall;
  /** Runs one of a driver's commands. */
  sourceCommand(
    source: string,
    name: string,
    params: Record<string, unknown>,
    options?: CallOptions,
  ): OperatorCall;
  /** Goal and actual state: now, and then whenever they changed, until the signal is aborted. */
  status(options?: {
    readonly signal?: AbortSignal;
    readonly periodMs?: number;
  }): AsyncGenerator<DetectorStatus, void, void>;
  /** Goal and actual state now. */
  statusNow(): Promise<DetectorStatus>;
}

/** Makes an operator for one detector. */
export function createOperator({
  api,
  detector,
  timeoutMs = 30_000,
  pollMs = 150,
}: OperatorOptions): Operator {
  const { detectors } = endpoints;
  type Accept = (requestId: string, signal: AbortSignal) => Promise<CommandInfo>;

  async function* follow(what: string, options: CallOptions, accept: Accept): OperatorCall {
    const requestId = options.requestId ?? crypto.randomUUID();
    let last: OperatorEvent | undefined;
    let since = performance.now();
    const late = (): OperatorTimeout | undefined =>
      performance.now() - since > timeoutMs
        ? new OperatorTimeout(what, requestId, timeoutMs, last)
        : undefined;
    let info: CommandInfo | undefined;
    for (let wait = pollMs; ; wait = Math.min(1000, wait * 1.5)) {
      options.signal?.throwIfAborted();
      info = await reach(info, async (signal) =>
        info === undefined
          ? accept(requestId, signal)
          : api.call(detectors.getCommand, { params: { detector, id: info.id }, signal }),
      );
      const seen = last?.sequence ?? -1;
      for (const event of info?.events.filter((one) => one.sequence > seen) ?? []) {
        last = { ...event, requestId, commandId: info!.id };
        since = performance.now();
        wait = pollMs;
        yield last;
        if (event.kind === 'completed') return last;
        if (event.kind === 'failed' || event.kind === 'refused')
          throw new CommandNotDone(what, requestId, event);
      }
      const timeout = late();
      if (timeout !== undefined) throw timeout;
      await pause(Math.min(wait, Math.max(1, timeoutMs - (performance.now() - since) + 1)), options.signal);
    }

    /** A server that cannot be reached may be back in a moment: the request id makes asking again safe. */
    async function reach(
      before: CommandInfo | undefined,
      ask: (signal: AbortSignal) => Promise<CommandInfo>,
    ): Promise<CommandInfo | undefined> {
      const limit = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs - (performance.now() - since))));
      try {
        return await ask(options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]));
      } catch (error) {
        options.signal?.throwIfAborted();
        if (limit.aborted || (error instanceof AppError && error.code === 'server.unreachable'))
          return before;
        throw error;
      }
    }
  }

  function command(
    name: RunCommandName,
    run: RunWishes | undefined,
    options: CallOptions = {},
  ): OperatorCall {
    return follow(name, options, async (idempotencyKey, signal) =>
      api.call(detectors.command, {
        params: { detector },
        body: {
          command: name,
          idempotencyKey,
          ...(run === undefined ? {} : { run }),
          ...(options.reason === undefined ? {} : { reason: options.reason }),
          ...(options.expectedVersion === undefined ? {} : { expectedVersion: options.expectedVersion }),
        },
        signal,
      }),
    );
  }

  async function statusNow(signal?: AbortSignal): Promise<DetectorStatus> {
    return api.call(detectors.status, { params: { detector }, ...(signal === undefined ? {} : { signal }) });
  }

  return {
    start: (run, options) => command('start', run ?? {}, options),
    prepareRun: (run, options) => command('prepare', run ?? {}, options),
    beginRun: (run, options) => command('begin', run, options),
    pause: (options) => command('pause', undefined, options),
    resume: (options) => command('resume', undefined, options),
    endRun: (options) => command('end', undefined, options),
    abort: (options) => command('abort', undefined, options),
    sourceCommand: (source, name, params, options = {}) =>
      follow(name, options, async (idempotencyKey, signal) =>
        api.call(detectors.sourceCommand, {
          params: { detector, source },
          body: { name, params: params as Record<string, never>, idempotencyKey },
          signal,
        }),
      ),
    async *status({ signal, periodMs = 500 } = {}) {
      let before = '';
      while (signal?.aborted !== true) {
        const now = await statusNow(signal);
        const text = JSON.stringify(now);
        if (text !== before) yield now;
        before = text;
        await pause(periodMs, signal).catch(() => undefined);
      }
    },
    statusNow: async () => statusNow(),
  };
}

/** Runs a call to its end, telling each event; answers with the result. Throws what the call throws. */
export async function complete(
  call: OperatorCall,
  tell?: (event: OperatorEvent) => void,
): Promise<OperatorEvent> {
  for (let item = await call.next(); ; item = await call.next()) {
    if (item.done === true) return item.value;
    tell?.(item.value);
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException('Waiting was given up.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
