import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { serverAddress } from './commands/server-address.js';
import { createProgram } from './program.js';
import { rowRange, wholeNumber } from './terminal/numbers.js';
import { progressText } from './terminal/progress-bar.js';

async function failing(...args: string[]): Promise<CommanderError> {
  const silent = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await createProgram('0').parseAsync(['node', 'countroom', ...args]);
  } catch (error) {
    if (error instanceof CommanderError) return error;
    throw error;
  } finally {
    silent.mockRestore();
  }
  throw new Error('the command line took it');
}

describe('address of the server', () => {
  it('is the one given, without a slash at its end', () => {
    expect(serverAddress({ url: 'https://lab.example/' })).toBe('https://lab.example');
    expect(() => serverAddress({ url: 'ftp://lab' })).toThrow('no http or https address');
  });

  it('is that of the server with this data folder, else the usual one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'countroom-cli-'));
    expect(serverAddress({ data: folder })).toBe('http://127.0.0.1:8420');
    writeFileSync(join(folder, 'countroom.lock'), JSON.stringify({ address: 'http://127.0.0.1:9' }));
    expect(serverAddress({ data: folder })).toBe('http://127.0.0.1:9');
    rmSync(folder, { recursive: true });
  });
});

describe('command line', () => {
  it('has help for every command', () => {
    const all = createProgram('0').commands.flatMap((command) => [command, ...command.commands]);
    for (const command of all) expect(command.helpInformation(), command.name()).toContain('Usage:');
    // One style in the list of commands: what a person wants to do, without a full stop.
    for (const command of createProgram('0').commands)
      expect(command.summary(), command.name()).toMatch(/^[a-z].{10,}[^.]$/);
    expect(all.map((command) => command.name())).toEqual(
      expect.arrayContaining([
        'up',
        'down',
        'test',
        'daq-to-raw',
        'raw-to-dsp',
        'dsp-to-hit',
        'ls',
        'dump',
        'backup',
      ]),
    );
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['daq-to-raw', '--out', 'y'], "missing required argument 'in'"],
    [['daq-to-raw', 'x', '--variable', '3'], 'name=value'],
    [['daq-to-raw', 'x', '--from', 'now'], 'must be a number'],
    [['daq-to-raw', 'x', '--out', 'y', '--n-max', '0'], 'whole number of at least 1'],
    [['raw-to-dsp', 'x', '--out', 'y', '--config', 'c', '--threads', 'two'], 'whole number of at least 0'],
    [['run', 'start'], "required option '-d, --detector <name>' not specified"],
    [['run', 'begin', '-d', 'demo', '--seconds', '-3'], 'must be a number above 0'],
    [['lh5', 'dump', 'f', 'p', '--rows', '5:1'], 'must be A:B'],
  ])('refuses %j', async (args, message) => {
    const error = await failing(...args);
    expect(error.exitCode).not.toBe(0);
    expect(error.message).toContain(message);
  });

  it('reads numbers and row ranges', () => {
    expect(wholeNumber(1)('12')).toBe(12);
    expect(rowRange('3:7')).toEqual([3, 7]);
    expect(rowRange(':7')).toEqual([0, 7]);
    expect(() => rowRange('7')).toThrow();
    expect(() => wholeNumber(0)('1e3')).toThrow();
  });

  it('shows how far it is', () => {
    expect(progressText(500, 1000, 'rows')).toBe('[##########          ] 50 %  500 of 1\u2009000 rows');
    expect(progressText(2_500_000, null, 'bytes')).toBe('2.5 MB');
  });
});
