import { idleGoal, type Position } from '@countroom/run-model';
import { expect, it, vi } from 'vitest';
import type { DetectorMachine } from '../machine/detector-machine.js';
import type { StoredConfiguration } from '../machine/machine-environment.js';
import type { Intent } from '../store/intents.repository.js';
import type { Reports } from '../store/reports.js';
import { Reconciler } from './reconciler.js';

function intent(id: string): Intent {
  return { id, by: 'ada', goalVersion: 1, order: { kind: 'run' } } as unknown as Intent;
}

it('an end right behind a start takes it back, before anything is prepared', async () => {
  let position: Position = { state: 'STOP', phase: 'idle' };
  const done: string[] = [];
  const machine = {
    get position() {
      return position;
    },
    prepare: () => {
      done.push('prepare');
      position = { state: 'READY', phase: 'idle' };
      return Promise.resolve();
    },
    release: () => {
      done.push('release');
      position = { state: 'STOP', phase: 'idle' };
      return Promise.resolve();
    },
    run: undefined,
  } as unknown as DetectorMachine;
  const events: string[] = [];
  const reports = {
    intent: (id: string, event: { readonly kind: string }) => events.push(`${id} ${event.kind}`),
    log: () => undefined,
    settleGoal: () => undefined,
  } as unknown as Reports;
  let found: (configuration: StoredConfiguration) => void = () => undefined;
  const reconciler = new Reconciler({
    machine,
    reports,
    store: {
      configuration: () => new Promise((resolve) => (found = resolve)),
      createRun: () => Promise.reject(new Error('no run is to be begun')),
    },
    runClosed: () => undefined,
    changed: () => undefined,
  });
  reconciler.accept(intent('start'), 'start', undefined, '');
  reconciler.accept(intent('end'), 'end', undefined, '');
  found({ name: 'physics', version: 1, hash: 'h' } as StoredConfiguration);
  await vi.waitFor(() => expect(events).toContain('end completed'));
  expect(events).toContain('start failed');
  expect(events).not.toContain('end refused');
  expect(done).toEqual(['prepare', 'release']);
  expect(reconciler.goal).toEqual(idleGoal);
});
