/**
 * Writes the table of foreign functions that the PicoScope driver uses, out of tables of the vendor's interface:
 *   node packages/drivers/scripts/pico-prototypes.mjs <folder with ps2000.json, ps2000a.json, ...>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Give the folder with the tables: ps2000.json, ps2000a.json, ...\n');
  process.exit(2);
}

const common = [
  'OpenUnit',
  'EnumerateUnits',
  'GetUnitInfo',
  'CloseUnit',
  'PingUnit',
  'FlashLed',
  'SetChannel',
  'GetTimebase2',
  'SetSimpleTrigger',
  'SetTriggerChannelProperties',
  'SetTriggerChannelConditions',
  'SetTriggerChannelDirections',
  'SetTriggerDelay',
  'MemorySegments',
  'SetNoOfCaptures',
  'GetNoOfCaptures',
  'SetDataBuffer',
  'RunBlock',
  'IsReady',
  'GetValues',
  'GetValuesBulk',
  'GetValuesTriggerTimeOffsetBulk64',
  'RunStreaming',
  'GetStreamingLatestValues',
  'SetSigGenBuiltIn',
  'Stop',
];
const modern = [
  ...common,
  'MaximumValue',
  'GetAnalogueOffset',
  'GetMaxSegments',
  'GetValuesOverlapped',
  'SigGenFrequencyToPhase',
  'SetSigGenArbitrary',
];
const interleaved = ['SetEts', 'SetEtsTimeBuffer', 'GetMaxEtsValues'];
const widths = ['SetPulseWidthQualifier'];
const oldTriggers = ['ChannelProperties', 'ChannelConditions', 'ChannelDirections', 'Delay'];
const wanted = {
  2000: [
    '_open_unit',
    '_get_unit_info',
    '_close_unit',
    'PingUnit',
    '_flash_led',
    '_set_channel',
    '_get_timebase',
    '_set_trigger',
    '_run_block',
    '_ready',
    '_get_values',
    '_run_streaming_ns',
    '_get_streaming_last_values',
    '_set_sig_gen_built_in',
    '_stop',
    ...oldTriggers.map((name) => `SetAdvTrigger${name}`),
    ...widths,
    '_set_ets',
    '_get_times_and_values',
  ],
  '2000a': [...modern, ...widths, ...interleaved],
  '3000a': [...modern, ...widths, ...interleaved, 'ChangePowerSource', 'GetTriggerInfoBulk'],
  4000: [...common, ...widths, 'SetEts', 'SetEtsTimeBuffer', 'OpenUnitEx', 'SetDataBufferBulk'],
  '4000a': [
    ...modern,
    'SetPulseWidthQualifierProperties',
    'SetPulseWidthQualifierConditions',
    'ChangePowerSource',
  ],
};
const plain = {
  int8_t: 'int8',
  int16_t: 'int16',
  uint16_t: 'uint16',
  int32_t: 'int32',
  uint32_t: 'uint32',
  float: 'float',
  double: 'double',
  void: 'void',
  PICO_STATUS: 'uint32',
  PICO_INFO: 'uint32',
};

function typeOf({ type, ptr }) {
  if (ptr > 0) return 'pointer';
  if (/StreamingReady$|^GetOverviewBuffersMaxMin$/.test(type)) return 'callback';
  if (/BlockReady$/.test(type)) return 'pointer';
  // Everything else is an enumeration, which C keeps as int32.
  return plain[type] ?? 'int32';
}

const table = {};
for (const [family, names] of Object.entries(wanted)) {
  const { functions, callbacks } = JSON.parse(readFileSync(join(folder, `ps${family}.json`), 'utf8'));
  const types = ({ returns, params }) => [typeOf({ type: returns, ptr: 0 }), ...params.map(typeOf)];
  const streaming = /StreamingReady$|^GetOverviewBuffersMaxMin$/;
  const [, callback] = Object.entries(callbacks).find(([name]) => streaming.test(name));
  const line = (name) => [`ps${family}${name}`, ...types(functions[`ps${family}${name}`])].join(' ');
  table[family] = {
    callback: types(callback).join(' '),
    functions: Object.fromEntries(names.map((name) => [name.replace(/^_/, ''), line(name)])),
  };
}
const text = `/**
 * Functions of the vendor's libraries that are used here: symbol, type of the result, types of the parameters.
 * Written by scripts/pico-prototypes.mjs out of tables of the vendor's interface.
 */
export const prototypes = ${JSON.stringify(table, null, 2)} as const;
`;
writeFileSync(new URL('../src/devices/pico-scope/sdk/prototypes.generated.ts', import.meta.url), text);
