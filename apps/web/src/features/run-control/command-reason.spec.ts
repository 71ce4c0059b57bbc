import { describe, expect, it } from 'vitest';
import { permitted } from '../../lib/api/permissions';
import { aBaton, aStatus, otherId, personId } from '../../testing/fixtures';
import { type CommandSituation, commandReason, sourceCommandReason } from './command-reason';

function situation(changes: Partial<CommandSituation> = {}): CommandSituation {
  return { status: aStatus(), stale: false, permission: permitted, me: personId, ...changes };
}

const mine = aBaton({ holder: { id: personId, name: 'ada' } });
const others = aBaton({ holder: { id: otherId, name: 'grace' } });

describe('commandReason', () => {
  it('lets Start take a free baton by itself', () => {
    expect(commandReason('start', situation())).toBeNull();
    expect(commandReason('prepare', situation())).toBeNull();
  });

  it('asks for the baton for everything else', () => {
    expect(commandReason('end', situation())).toBe('Take the baton first.');
    expect(commandReason('end', situation({ status: aStatus({ baton: mine }) }))).toBeNull();
  });

  it('names who has the baton', () => {
    expect(commandReason('start', situation({ status: aStatus({ baton: others }) }))).toContain('grace');
  });

  it('says what the detector says against it', () => {
    const commands = [{ command: 'pause' as const, allowed: false, reason: 'No run takes data.' }];
    expect(commandReason('pause', situation({ status: aStatus({ commands, baton: mine }) }))).toBe(
      'No run takes data.',
    );
  });

  it('refuses on an old state, and on none', () => {
    expect(commandReason('start', situation({ stale: true }))).toContain('old');
    expect(commandReason('start', situation({ status: null }))).toContain('not known');
  });

  it('puts a missing role first', () => {
    const permission = { allowed: false, reason: 'Needs the role shifter.' };
    expect(commandReason('start', situation({ permission, stale: true }))).toBe('Needs the role shifter.');
  });
});

describe('sourceCommandReason', () => {
  it('asks for the role, a fresh state and the baton, in this order', () => {
    const permission = { allowed: false, reason: 'Needs the role shifter.' };
    expect(sourceCommandReason(situation({ permission, stale: true }))).toBe('Needs the role shifter.');
    expect(sourceCommandReason(situation({ stale: true }))).toContain('old');
    expect(sourceCommandReason(situation())).toBe('Take the baton first.');
    expect(sourceCommandReason(situation({ status: aStatus({ baton: others }) }))).toContain('grace');
    expect(sourceCommandReason(situation({ status: aStatus({ baton: mine }) }))).toBeNull();
  });
});
