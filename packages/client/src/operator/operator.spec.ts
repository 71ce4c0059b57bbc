import {
  AppError,
  type CommandEvent,
  type CommandInfo,
  type Endpoint,
  endpoints,
} from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../api/api-client.js';
import { complete, createOperator, type OperatorEvent } from './operator.js';
import { CommandNotDone, OperatorTimeout } from './operator-errors.js';

const at = '2026-01-01T00:00:00.000Z';
const event = (sequence: number, kind: CommandEvent['kind'], message = ''): CommandEvent => ({
  sequence,
  at,
  kind,
  message,
  result: kind === 'completed' ? { run: 7 } : null,
});

interface Asked {
  readonly endpoint: string;
  readonly body: unknown;
}

/** Plays a server whose answers to successive calls are given; errors are thrown. */
function playing(...answers: (readonly CommandEvent[] | Error)[]): { api: ApiClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const api = {
    url: () => '',
    call: (endpoint: Endpoint, args: { body?: unknown }) => {
      asked.push({ endpoint: endpoint.id, body: args.body });
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? [];
      if (answer instanceof Error) return Promise.reject(answer);
      const info: CommandInfo = {
        id: '0191d6c0-0000-7000-8000-000000000001',
        detector: 'demo',
        command: 'start',
        by: 'ada',
        createdAt: at,
        events: [...answer],
      };
      return Promise.resolve(info);
    },
  } as unknown as ApiClient;
  return { api, asked };
}
const operatorOf = (api: ApiClient, timeoutMs = 2000) =>
  createOperator({ api, detector: 'demo', timeoutMs, pollMs: 1 });

describe('operator', () => {
  it('sends nothing until asked, then tells the acknowledgement first and the result last', async () => {
    const acknowledged = event(0, 'acknowledged');
    const progress = event(1, 'progress', 'preparing');
    const { api, asked } = playing(
      [acknowledged],
      [acknowledged, progress],
      [acknowledged, progress, event(2, 'completed')],
    );
    const call = operatorOf(api).start({ limits: { events: 5 } });
    expect(asked).toEqual([]);
    const seen: OperatorEvent[] = [];
    const result = await complete(call, (one) => seen.push(one));
    expect(seen.map((one) => one.kind)).toEqual(['acknowledged', 'progress', 'completed']);
    expect(new Set(seen.map((one) => one.requestId)).size).toBe(1);
    expect(result.result).toEqual({ run: 7 });
    expect(asked[0]).toMatchObject({
      endpoint: endpoints.detectors.command.id,
      body: { command: 'start', run: { limits: { events: 5 } }, idempotencyKey: result.requestId },
    });
    expect(asked[1]?.endpoint).toBe(endpoints.detectors.getCommand.id);
  });

  it('asks again with the same request id while the server cannot be reached', async () => {
    const away = new AppError('server.unreachable', 'away');
    const { api, asked } = playing(away, away, [event(0, 'acknowledged')], away, [
      event(0, 'acknowledged'),
      event(1, 'completed'),
    ]);
    await complete(operatorOf(api).endRun({ reason: 'enough' }));
    const keys = asked.slice(0, 3).map(({ body }) => (body as { idempotencyKey: string }).idempotencyKey);
    expect(new Set(keys).size).toBe(1);
    expect(asked[0]?.body).toMatchObject({ command: 'end', reason: 'enough' });
  });

  it('throws what the server refuses at once, and the reason of what failed later', async () => {
    const held = new AppError('conflict.baton', 'bob holds the baton');
    await expect(complete(operatorOf(playing(held).api).pause())).rejects.toBe(held);
    const { api } = playing([event(0, 'acknowledged'), event(1, 'refused', 'The run is not paused.')]);
    const failed = complete(operatorOf(api).resume());
    await expect(failed).rejects.toThrow(CommandNotDone);
    await expect(complete(operatorOf(api).resume())).rejects.toThrow('The run is not paused.');
  });

  it('says by a type of its own that nothing was heard in time, and what was heard last', async () => {
    const { api } = playing([event(0, 'acknowledged', 'start accepted')]);
    const error: unknown = await complete(operatorOf(api, 30).start()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OperatorTimeout);
    expect((error as OperatorTimeout).last?.kind).toBe('acknowledged');
    const silent = playing(new AppError('server.unreachable', 'away'));
    const unheard: unknown = await complete(operatorOf(silent.api, 30).start()).catch(
      (thrown: unknown) => thrown,
    );
    expect((unheard as OperatorTimeout).last).toBeUndefined();
  });

  it('stops waiting when told to', async () => {
    const { api } = playing([event(0, 'acknowledged')]);
    const stop = new AbortController();
    const call = operatorOf(api).abort({ signal: stop.signal });
    await call.next();
    stop.abort();
    await expect(call.next()).rejects.toThrow();
  });

  it('tells the status when it has changed', async () => {
    const states = ['STOP', 'STOP', 'READY', 'READY', 'RUN'];
    const api = {
      url: () => '',
      call: () => Promise.resolve({ state: states.shift() ?? 'RUN' }),
    } as unknown as ApiClient;
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const status of operatorOf(api).status({ signal: stop.signal, periodMs: 1 })) {
      seen.push(status.state);
      if (status.state === 'RUN') stop.abort();
    }
    expect(seen).toEqual(['STOP', 'READY', 'RUN']);
  });
});
