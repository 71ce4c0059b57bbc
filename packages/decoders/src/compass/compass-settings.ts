import { DecodeError } from '../core/errors.js';
import { childOf, childrenOf, parseXml, type XmlElement } from '../core/xml.js';

/** One board as the settings file describes it. */
export interface CompassBoard {
  readonly modelName: string;
  readonly adcBitCount: string;
  /** Samples per ns. */
  readonly sampleRate: number;
  /** Samples per trace. */
  readonly traceLength: number;
  /** Settings of the channels that are in use, by channel number. */
  readonly channels: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What is read from a settings file. */
export interface CompassSettings {
  /** By board number. */
  readonly boards: readonly CompassBoard[];
  /** Things that are odd in it, in words. */
  readonly remarks: readonly string[];
}

/** Samples per ns of boards whose settings do not say it. */
const sampleRates: Readonly<Record<string, number>> = { DT5730: 0.5, DT5725: 0.25 };

/** Reads the XML text of a settings file. Throws DecodeError when it is not one, or lacks a record length. */
export function readCompassSettings(text: string): CompassSettings {
  const root = parseXml(text, 'settings');
  const remarks: string[] = [];
  const boards = childrenOf(root, 'board').map((board, index) => readBoard(board, index, remarks));
  if (root.name !== 'configuration' || boards.length === 0) {
    throw new DecodeError(
      'settings',
      `there is no board in this <${root.name}>`,
      'give the settings.xml that CoMPASS wrote with the run',
    );
  }
  return { boards, remarks };
}

function readBoard(board: XmlElement, index: number, remarks: string[]): CompassBoard {
  const text = (name: string): string => childOf(board, name)?.text ?? '';
  const parameters = new Map(
    childrenOf(childOf(board, 'parameters'), 'entry').map((entry) => [
      childOf(entry, 'key')?.text ?? '',
      childOf(childOf(entry, 'value'), 'value')?.text ?? '',
    ]),
  );
  const modelName = text('modelName');
  const sampleRate = rateOf(modelName, Number(text('sampleTime')));
  if (sampleRate === undefined) {
    remarks.push(
      `board ${index}: the sampling rate of a ${modelName} is not known, 1 sample per ns is taken`,
    );
  }
  const length = Number(parameters.get('SRV_PARAM_RECLEN') ?? NaN);
  const traceLength = Math.round(length * (sampleRate ?? 1));
  if (!Number.isFinite(traceLength) || traceLength < 0) {
    throw new DecodeError(
      'settings',
      `board ${index} (${modelName}) has no record length (SRV_PARAM_RECLEN)`,
      'give the settings.xml that CoMPASS wrote with the run',
    );
  }
  const channels = new Map<string, ReadonlyMap<string, string>>();
  for (const channel of childrenOf(board, 'channel')) {
    const values = childrenOf(childOf(channel, 'values'), 'entry');
    // A channel that is off is there with nothing or with a single value.
    if (values.length < 2) continue;
    const settings = values.map((entry): [string, string] => {
      const key = childOf(entry, 'key')?.text ?? '';
      return [key, childOf(entry, 'value')?.text ?? parameters.get(key) ?? ''];
    });
    channels.set(childOf(channel, 'index')?.text ?? '', new Map(settings));
  }
  return { modelName, adcBitCount: text('adcBitCount'), sampleRate: sampleRate ?? 1, traceLength, channels };
}

/** Samples per ns: of the model, else from the time of a sample in ps. */
function rateOf(model: string, sampleTimePs: number): number | undefined {
  return sampleRates[model] ?? (sampleTimePs > 0 ? 1000 / sampleTimePs : undefined);
}
