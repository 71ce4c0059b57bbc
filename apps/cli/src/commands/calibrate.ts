import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Calibration, calibrate, type GammaLine, lineLists } from '@countroom/analysis';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { choosePaths, lh5Source } from '@countroom/stages';
import { report } from '../terminal/report.js';
import { textTable } from '../terminal/text-table.js';
import { UsageError } from '../terminal/usage-error.js';
import type { CalibrateArguments } from './calibrate.command.js';

interface TableResult {
  readonly table: string;
  readonly calibration?: Calibration;
  readonly error?: string;
}

/** Calibrates a column of every chosen table. Fails when no table could be calibrated. */
export async function calibrateFile(input: string, options: CalibrateArguments): Promise<void> {
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  const { out } = options;
  if (out !== undefined && existsSync(out) && options.overwrite !== true) {
    throw new UsageError(`${out} exists already; give --overwrite to replace it, or another --out`);
  }
  const lines = linesOf(options);
  const reader = await lh5Backend.openReader(input);
  const results: TableResult[] = [];
  try {
    for (const table of await chosenTables(reader, options)) {
      const values = await columnOf(reader, table, options.column);
      try {
        results.push({
          table,
          calibration: calibrate(values, { lines, guess: options.guess, degree: options.degree }),
        });
      } catch (error) {
        results.push({ table, error: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    await reader.close();
  }
  const good = results.filter(({ calibration }) => calibration !== undefined);
  if (good.length === 0) {
    throw new Error(
      `no table could be calibrated: ${results.map((one) => `${one.table}: ${one.error ?? ''}`).join('; ')}`,
    );
  }
  if (out !== undefined) {
    const configs = good.map(({ table, calibration }) => [table, hitConfig(options.column, calibration!)]);
    await writeFile(out, `${JSON.stringify(Object.fromEntries(configs), null, 2)}\n`);
  }
  report(
    { ok: true, file: input, column: options.column, tables: results.map(withoutCounts) },
    results.map(describe).join('\n\n'),
    options,
  );
}

/** The counts that were fitted are for plots. */
function withoutCounts({ table, calibration, error }: TableResult): object {
  if (calibration === undefined) return { table, error };
  const lines = calibration.lines.map(({ line, fit, residual, fwhm, fwhmError }) => ({
    line,
    fit,
    residual,
    fwhm,
    fwhmError,
  }));
  return { table, calibration: { ...calibration, lines } };
}

function linesOf({ source, line = [] }: CalibrateArguments): GammaLine[] {
  const named = source === undefined ? [] : lineLists[source];
  if (named === undefined) {
    throw new UsageError(
      `--source ${source ?? ''} is none of ${Object.keys(lineLists).join(', ')}; give lines with --line`,
    );
  }
  const given = line.map((text): GammaLine => {
    const found = /^([\d.]+)(?::([\d.]+))?$/.exec(text);
    const energy = Number(found?.[1]);
    const reach = Number(found?.[2] ?? 20);
    if (!(energy > 0) || !(reach > 0)) throw new UsageError(`--line ${text}: give keV, or keV:reach`);
    return { name: `${energy} keV`, energy, below: reach, above: reach };
  });
  const lines = [...named, ...given];
  if (lines.length < 2) throw new UsageError('give at least two lines with --source or --line');
  return lines;
}

async function chosenTables(reader: Lh5Reader, { table, column }: CalibrateArguments): Promise<string[]> {
  const tables = await lh5Source(reader).tables(0);
  const withColumn = tables.filter(({ sample }) => sample.columns.has(column)).map(({ path }) => path);
  const chosen = table === undefined ? withColumn : choosePaths('calibrate', withColumn, table);
  if (chosen.length > 0) return chosen;
  const known = tables.map(({ path }) => path).join(', ');
  throw new Error(`${reader.file}: no table has a column ${column}; there are ${known}`);
}

async function columnOf(reader: Lh5Reader, table: string, name: string): Promise<Float64Array> {
  const column = (await reader.readTable(table, { columns: [name] })).columns.get(name);
  if (column?.kind !== 'array' || column.shape.length !== 1) {
    throw new Error(`${table}: ${name} does not hold one number per row`);
  }
  return Float64Array.from(column.data as Float64Array, Number);
}

/** A configuration of dsp_to_hit that makes the calibrated column. */
function hitConfig(column: string, { coefficients }: Calibration): object {
  const terms = coefficients.map((_, i) =>
    i === 0 ? 'c0' : i === 1 ? `c1*${column}` : `c${i}*${column}**${i}`,
  );
  return {
    operations: {
      [`${column}_cal`]: {
        expression: terms.join(' + '),
        parameters: Object.fromEntries(coefficients.map((value, i) => [`c${i}`, value])),
        lgdo_attrs: { units: 'keV' },
      },
    },
  };
}

function describe({ table, calibration, error }: TableResult): string {
  if (calibration === undefined) return `${table}: ${error ?? ''}`;
  const { coefficients, errors, lines, left, resolution } = calibration;
  const scale = coefficients.map(
    (value, i) => `c${i} = ${value.toPrecision(8)} ± ${errors[i]!.toPrecision(2)}`,
  );
  const rows = lines.map(({ line, fit, residual, fwhm, fwhmError }) => [
    `  ${line.energy.toFixed(3)}`,
    fit.peak.nSig.toFixed(0),
    residual.toFixed(3),
    `${fwhm.toFixed(3)} ± ${fwhmError.toFixed(3)}`,
    fit.pValue.toPrecision(2),
  ]);
  const missing = left.map(({ line, reason }) => `  ${line.energy.toFixed(3)}  left out: ${reason}`);
  const width =
    resolution === undefined ? [] : [`  FWHM at ${resolution.at} keV: ${resolution.fwhm.toFixed(3)} keV`];
  const head = ['  line (keV)', 'counts', 'off (keV)', 'FWHM (keV)', 'p'];
  return [`${table}: ${scale.join(', ')}`, textTable(head, rows), ...missing, ...width].join('\n');
}
