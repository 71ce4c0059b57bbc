import {
  type BatonStatus,
  type DetectorStatus,
  runCommandName,
  type SessionInfo,
  type SpectrumFrame,
  zeroCounters,
} from '@countroom/contracts';

export const personId = '11111111-1111-4111-8111-111111111111';
export const otherId = '22222222-2222-4222-8222-222222222222';

/** A baton that nobody holds. */
export function aBaton(changes: Partial<BatonStatus> = {}): BatonStatus {
  return { holder: null, note: '', since: null, expiresAt: null, token: '0', mine: false, ...changes };
}

/** A stopped detector that may be asked everything. */
export function aStatus(changes: Partial<DetectorStatus> = {}): DetectorStatus {
  return {
    detector: 'demo',
    title: 'Demo',
    goal: { state: 'STOP', paused: false, by: null, since: null, version: 0 },
    state: 'STOP',
    phase: 'idle',
    health: 'ok',
    message: '',
    at: '2026-03-01T12:00:00.000Z',
    run: null,
    counters: zeroCounters,
    sources: [],
    baton: aBaton(),
    disk: null,
    worstAlarm: 'none',
    commands: runCommandName.options.map((command) => ({ command, allowed: true, reason: '' })),
    ...changes,
  };
}

/** A session of a shifter of the detector `demo`. */
export function aSession(changes: Partial<SessionInfo> = {}): SessionInfo {
  return {
    auth: 'on',
    setupNeeded: false,
    user: { id: personId, name: 'ada', fullName: 'Ada', grants: [{ role: 'shifter', detector: 'demo' }] },
    expiresAt: null,
    csrfToken: null,
    version: '0.1.0',
    ...changes,
  };
}

/** A frame of one channel with four bins from 0 to 8 keV. */
export function aSpectrumFrame(changes: Partial<SpectrumFrame> = {}, length = 4): SpectrumFrame {
  return {
    run: 1,
    generation: 1,
    full: true,
    since: 0,
    unit: 'keV',
    min: 0,
    max: 8,
    bins: 4,
    channels: [{ channel: 3, source: 'adc', entries: 10, underflow: 0, overflow: 0, offset: 0, length }],
    ...changes,
  };
}
