import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStageOnFile } from './files/run-stage.js';
import { stages } from './registry.js';
import { productionChain } from './testing/production-chain.js';
import { bestDecayConstant, quiet, solve } from './testing/production-unknowns.js';

/** The raw, dsp and hit tiers of a production: what ours make of its raw tier against what it holds itself. */
const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'legend/lh5');
const tier = (raw: string, name: string): string =>
  raw.replace('/raw/', `/${name}/`).replace('tier_raw', `tier_${name}`);
const productions = existsSync(root)
  ? readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('-tier_raw.lh5'))
      .map((file) => join(root, file))
      .filter((raw) => existsSync(tier(raw, 'dsp')) && existsSync(tier(raw, 'hit')))
  : [];

/** Column of the production → ours, and the largest difference relative to the largest value. */
const comparable: readonly (readonly [theirs: string, ours: string, tolerance: number])[] = [
  ['timestamp', 'timestamp', 0],
  ['baseline', 'baseline', 0],
  ['bl_mean', 'bl_mean', 1e-6],
  // The production sums in single precision.
  ['bl_std', 'bl_std', 2e-4],
  ['bl_slope', 'bl_slope', 1e-5],
  ['bl_intercept', 'bl_intercept', 1e-6],
  ['tp_min', 'tp_min', 0],
  ['tp_max', 'tp_max', 0],
  ['wf_min', 'wf_min', 1e-6],
  ['wf_max', 'wf_max', 1e-6],
  ['tp_min_win', 'tp_min_win', 0],
  ['tp_max_win', 'tp_max_win', 0],
  ['wf_min_win', 'wf_min_win', 0],
  ['wf_max_win', 'wf_max_win', 0],
  ['trapTmax', 'trapTmax', 1e-5],
  ['pz_mean', 'pz_mean', 1e-4],
  ['pz_std', 'pz_std', 1e-3],
  // The production has the slope under the name of the difference, and the intercept under that of the spread.
  ['pz_slope_diff', 'pz_slope', 1e-3],
  ['pz_slope_rms', 'pz_intercept', 1e-4],
];

async function tablesOf(file: string): Promise<Map<string, Table>> {
  const reader = await lh5Backend.openReader(file);
  const tables = new Map<string, Table>();
  for (const { path } of (await reader.tree()).children) {
    if (!/^ch\d+$/.test(path)) continue;
    const name = (await reader.tree()).children.find((one) => one.path === path)!.children[0]!.path;
    tables.set(path, await reader.readTable(name));
  }
  await reader.close();
  return tables;
}

function valuesOf(table: Table, name: string): number[] {
  return Array.from((table.columns.get(name) as NdArray).data as ArrayLike<number>, Number);
}

/** Largest difference, in units of the largest value of theirs; rows where theirs is NaN must be NaN. */
function difference(theirs: readonly number[], ours: readonly number[]): number {
  const size = Math.max(...theirs.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE);
  return Math.max(
    ...theirs.map((value, i) => {
      const other = ours[i]!;
      if (Number.isNaN(value) && Number.isNaN(other)) return 0;
      return Math.abs(value - other) / size;
    }),
  );
}

describe.runIf(productions.length === 0)('tiers of a production', () => {
  it.skip(`there are none below ${root}`, () => undefined);
});

describe.each(productions)('tiers of a production: %s', (raw) => {
  const scratch = mkdtempSync(join(tmpdir(), 'countroom-production-'));
  let theirs: Map<string, Table>;
  let ours: Map<string, Table>;
  let theirHits: Map<string, Table>;

  beforeAll(async () => {
    theirs = await tablesOf(tier(raw, 'dsp'));
    theirHits = await tablesOf(tier(raw, 'hit'));
    const waveforms = await tablesOf(raw);
    const database = Object.fromEntries(
      [...theirs].map(([channel, table]) => {
        const tau = bestDecayConstant(waveforms.get(channel)!, {
          baselines: valuesOf(table, 'bl_mean'),
          noise: valuesOf(table, 'bl_std'),
          heights: valuesOf(table, 'trapTmax'),
        });
        return [channel, { pz: { tau: `${tau}*us` } }];
      }),
    );
    const output = join(scratch, 'dsp.lh5');
    const options = { config: productionChain, database };
    await runStageOnFile({ stage: stages.get('raw_to_dsp'), options, input: raw, output });
    ours = await tablesOf(output);
  }, 120_000);
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('has the same channels', () => {
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
  });

  it.each(comparable)('dsp: %s is our %s within %d', (name, own, tolerance) => {
    for (const [channel, table] of theirs) {
      // Where the baseline itself falls steeply the production looks for the height elsewhere.
      const noise = valuesOf(table, 'bl_std');
      const counts = (_: number, row: number): boolean => name !== 'trapTmax' || noise[row]! < quiet;
      const off = difference(
        valuesOf(table, name).filter(counts),
        valuesOf(ours.get(channel)!, own).filter(counts),
      );
      expect(off, channel).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each([
    ['trapTmax_cal', 'trapTmax', 'c0 + c1*trapTmax'],
    ['trapEmax_ctc_cal', 'trapEmax', 'c0 + c1*trapEmax + c2*trapEmax*dt_eff'],
    ['cuspEmax_ctc_cal', 'cuspEmax', 'c0 + c1*cuspEmax + c2*cuspEmax*dt_eff'],
    ['zacEmax_ctc_cal', 'zacEmax', 'c0 + c1*zacEmax + c2*zacEmax*dt_eff'],
  ])('hit: %s follows from %s of all rows by %s', async (name, energy, expression) => {
    const operations: Record<string, object> = {};
    for (const [channel, table] of theirs) {
      const values = valuesOf(table, energy);
      const drift = valuesOf(table, 'dt_eff');
      const rows = values.map((value, i) => [
        1,
        value,
        ...(expression.includes('c2') ? [value * drift[i]!] : []),
      ]);
      const [c0, c1, c2 = 0] = solve(rows, valuesOf(theirHits.get(channel)!, name));
      operations[channel] = { calibrated: { expression, parameters: { c0, c1, c2 } } };
    }
    const output = join(scratch, `${name}.lh5`);
    const config = { outputs: ['timestamp', 'calibrated'], operations: { calibrated: 'db.calibrated' } };
    await runStageOnFile({
      stage: stages.get('dsp_to_hit'),
      options: { config, database: operations },
      input: tier(raw, 'dsp'),
      output,
    });
    for (const [channel, table] of await tablesOf(output)) {
      const stored = theirHits.get(channel)!;
      expect(valuesOf(table, 'timestamp')).toEqual(valuesOf(stored, 'timestamp'));
      expect(difference(valuesOf(stored, name), valuesOf(table, 'calibrated')), channel).toBeLessThan(1e-9);
    }
  });
});
