import type { TableSchema } from '@countroom/records';
import type { DaqToRawOptions } from './options.js';

/** A table with one of these holds what the detector saw; others hold settings and states. */
const signalColumns: ReadonlySet<string> = new Set(['waveform', 'energy', 'daqenergy']);

/** Whether the rows of a table are recorded events: it has a waveform or an energy per row. */
export function holdsEvents(schema: TableSchema): boolean {
  return schema.columns.some(({ name }) => signalColumns.has(name.split('/', 1)[0]!));
}

/** Whether these options decode all that a recording holds, as it stands there. */
export function decodesAll(config: DaqToRawOptions): boolean {
  const { nMax, nMaxPackets, nMaxPerKey, timeFrom, timeTo, outSpec } = config;
  return [nMax, nMaxPackets, nMaxPerKey, timeFrom, timeTo, outSpec].every((option) => option === null);
}
