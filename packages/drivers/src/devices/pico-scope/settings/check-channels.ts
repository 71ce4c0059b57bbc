import type { PicoScopeConfig } from '../pico-scope.config.js';
import { chooseRange } from './conversion.js';
import type { Findings } from './finding.js';
import { offsetLimit, usableRanges } from './models.js';
import type { ResolvedSettings } from './resolve.js';

/** Checks letters, ranges and offsets of the channels. */
export function checkChannels(config: PicoScopeConfig, resolved: ResolvedSettings, findings: Findings): void {
  const { model } = resolved;
  const ranges = usableRanges(model);
  const names = config.channels.map(({ name }) => name);
  config.channels.forEach((channel, index) => {
    const at = `channels.${index}`;
    if (!model.channels.includes(channel.name) || channel.name.length !== 1) {
      const letters = Array.from(model.channels);
      const free = letters.find((letter) => !names.includes(letter));
      const who = model.known || config.model !== '' ? `the ${model.model}` : `the family ${config.family}`;
      findings.error(
        `${at}.name`,
        `${who} has no channel ${channel.name}`,
        `its channels are ${letters.join(', ')}`,
        free,
      );
    } else if (names.indexOf(channel.name) !== index) {
      findings.error(`${at}.name`, `channel ${channel.name} is there twice`, 'take each channel once');
    }
    const widest = ranges.at(-1)!.volts;
    if (!(channel.rangeV > 0)) {
      findings.error(
        `${at}.rangeV`,
        `${channel.rangeV} V is no range`,
        'give a half span above 0 V',
        ranges[0]!.volts,
      );
    } else if (chooseRange(channel.rangeV, ranges) === undefined) {
      findings.error(
        `${at}.rangeV`,
        `± ${channel.rangeV} V is more than channel ${channel.name} takes`,
        `take at most ± ${widest} V, or an attenuating probe`,
        widest,
      );
    }
    checkOffset(config, resolved, index, findings);
  });
}

function checkOffset(
  config: PicoScopeConfig,
  resolved: ResolvedSettings,
  index: number,
  findings: Findings,
): void {
  const { name, offsetV } = config.channels[index]!;
  const { range } = resolved.channels[index]!;
  const place = `channels.${index}.offsetV`;
  if (!resolved.family.offset) {
    if (offsetV !== 0)
      findings.error(place, `the family ${config.family} cannot add an offset`, 'give 0 V', 0);
    return;
  }
  const limit = offsetLimit(config.family, range.code);
  if (Math.abs(offsetV) <= limit) return;
  findings.error(
    place,
    `an offset of ${offsetV} V is outside of what channel ${name} can do at ± ${range.volts} V`,
    `give ${-limit} to ${limit} V, or take a larger range`,
    Math.sign(offsetV) * limit,
  );
}
