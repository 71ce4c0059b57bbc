import type { Operator, OperatorCall, RunWishes } from '@countroom/client';
import type { DetectorStatus } from '@countroom/contracts';
import { serverAddress } from './server-address.js';

/** Options of all commands that steer runs. */
export interface RunOptions {
  readonly detector: string;
  readonly url?: string;
  readonly data?: string;
  readonly timeout: number;
  readonly json?: boolean;
  readonly mode?: string;
  readonly tag?: string[];
  readonly comment?: string;
  readonly events?: number;
  readonly seconds?: number;
  readonly reason?: string;
}

type Action = 'start' | 'prepare' | 'begin' | 'pause' | 'resume' | 'end' | 'abort';

/** Sends a command and prints its events as they come; a refusal or a failure is an error. */
export async function steerRun(action: Action, options: RunOptions): Promise<void> {
  const call = callOf(await operatorOf(options), action, options);
  for await (const event of call) {
    process.stdout.write(
      options.json === true ? `${JSON.stringify(event)}\n` : `${event.kind}: ${event.message}\n`,
    );
  }
}

/** Prints goal and actual state, once or at every change. */
export async function showStatus(options: RunOptions & { readonly follow?: boolean }): Promise<void> {
  const operator = await operatorOf(options);
  const print = (status: DetectorStatus): void => {
    process.stdout.write(`${options.json === true ? JSON.stringify(status) : statusText(status)}\n`);
  };
  if (options.follow !== true) {
    print(await operator.statusNow());
    return;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  try {
    for await (const status of operator.status({ signal: stop.signal })) print(status);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
}

async function operatorOf(options: RunOptions): Promise<Operator> {
  const { createApiClient, createOperator } = await import('@countroom/client');
  const token = process.env['COUNTROOM_TOKEN'];
  const api = createApiClient({ baseUrl: serverAddress(options), ...(token === undefined ? {} : { token }) });
  return createOperator({ api, detector: options.detector, timeoutMs: 1000 * options.timeout });
}

function callOf(operator: Operator, action: Action, options: RunOptions): OperatorCall {
  const reason = options.reason === undefined ? {} : { reason: options.reason };
  switch (action) {
    case 'start':
      return operator.start(wishesOf(options));
    case 'prepare':
      return operator.prepareRun(wishesOf(options));
    case 'begin':
      return operator.beginRun(wishesOf(options));
    case 'pause':
      return operator.pause();
    case 'resume':
      return operator.resume();
    case 'end':
      return operator.endRun(reason);
    case 'abort':
      return operator.abort(reason);
  }
}

/** Only what was said: what is left out keeps its default, or what was said when the run was prepared. */
function wishesOf({ mode, tag, comment, events, seconds }: RunOptions): RunWishes {
  const limits = {
    ...(events === undefined ? {} : { events }),
    ...(seconds === undefined ? {} : { seconds }),
  };
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(tag === undefined ? {} : { tags: tag }),
    ...(comment === undefined ? {} : { comment }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

function statusText({
  detector,
  goal,
  state,
  phase,
  health,
  message,
  run,
  counters,
  baton,
}: DetectorStatus): string {
  const goalText = goal.state === state ? '' : `, asked to be ${goal.state}`;
  const runText = run === null ? 'no run' : `run ${run.number}, ${counters.recorded} events recorded`;
  const batonText = baton.holder === null ? 'the baton is free' : `${baton.holder.name} has the baton`;
  const lines = [
    `${detector}: ${state} (${phase})${goalText}, ${health}`,
    `${runText}; ${batonText}`,
    message,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
