import { type CompassFields, headerOfLayout, layoutOf } from '../compass/compass-layout.js';

/** One event to encode; fields that the layout does not have are left out. */
export interface CompassExample {
  readonly board?: number;
  readonly channel: number;
  /** ps. */
  readonly time: bigint;
  readonly energy?: number;
  readonly calibrated?: number;
  readonly short?: number;
  readonly flags?: number;
  readonly code?: number;
  readonly samples?: Uint16Array;
}

/** Events in the layout, behind a header word when `header` is set. */
export function encodeCompass(
  fields: CompassFields,
  events: readonly CompassExample[],
  header = true,
): Uint8Array {
  const layout = layoutOf(fields);
  const samplesOf = ({ samples }: CompassExample): number =>
    layout.samples === 'none' ? 0 : (samples?.length ?? 0);
  const start = header ? 2 : 0;
  const bytes = new Uint8Array(
    events.reduce((sum, event) => sum + layout.headBytes + 2 * samplesOf(event), start),
  );
  const view = new DataView(bytes.buffer);
  if (header) view.setUint16(0, headerOfLayout(fields), true);
  let at = start;
  for (const event of events) {
    view.setUint16(at, event.board ?? 0, true);
    view.setUint16(at + 2, event.channel, true);
    view.setBigUint64(at + 4, event.time, true);
    if (layout.energyAt >= 0) view.setUint16(at + layout.energyAt, event.energy ?? 0, true);
    if (layout.calibratedAt >= 0) view.setFloat64(at + layout.calibratedAt, event.calibrated ?? 0, true);
    if (layout.shortAt >= 0) view.setUint16(at + layout.shortAt, event.short ?? 0, true);
    view.setUint32(at + layout.flagsAt, event.flags ?? 0x4000, true);
    if (layout.codeAt >= 0) view.setUint8(at + layout.codeAt, event.code ?? 1);
    if (layout.countAt >= 0) view.setUint32(at + layout.countAt, samplesOf(event), true);
    at += layout.headBytes;
    for (let i = 0; i < samplesOf(event); i++, at += 2) view.setUint16(at, event.samples![i]!, true);
  }
  return bytes;
}

/** A settings file with the given boards. */
export function encodeCompassSettings(
  boards: readonly {
    readonly model: string;
    readonly recordNs: number;
    readonly sampleTimePs?: number;
    readonly channels: readonly (readonly [name: string, value?: string])[][];
  }[],
): string {
  const entry = (key: string, value: string): string =>
    `<entry><key>${key}</key><value><value>${value}</value><unit>ns</unit></value></entry>`;
  const own = (key: string, value?: string): string =>
    `<entry><key>${key}</key>${value === undefined ? '' : `<value>${value}</value>`}</entry>`;
  const text = boards.map(
    ({ model, recordNs, sampleTimePs, channels }) =>
      `<board><modelName>${model}</modelName><adcBitCount>14</adcBitCount>${
        sampleTimePs === undefined ? '' : `<sampleTime>${sampleTimePs}</sampleTime>`
      }<parameters>${entry('SRV_PARAM_RECLEN', String(recordNs))}${entry('SRV_PARAM_CH_THRESHOLD', '77.0')}</parameters>${channels
        .map(
          (values, index) =>
            `<channel><index>${index}</index><values>${values.map((one) => own(...one)).join('')}</values></channel>`,
        )
        .join('')}</board>`,
  );
  return `<?xml version="1.0"?>\n<configuration>${text.join('')}</configuration>`;
}
