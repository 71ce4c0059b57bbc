import type { ProbeResult } from '../../core/driver-definition.js';
import type { PicoScopeConfig } from './pico-scope.config.js';
import { openScopeLibrary } from './sdk/scope-library.js';
import { listUnits, openUnit } from './unit/open-unit.js';

/** Looks which units are there, with model and serial number. Units that somebody uses are not seen. */
export function probeScopes(config: PicoScopeConfig): ProbeResult {
  try {
    const library = openScopeLibrary(config.family, config.library);
    const listed = listUnits(library, config.family).map(({ serial }) => serial);
    const serials = config.serial === '' && listed.length > 0 ? listed : [config.serial];
    const units = serials.map((serial) => {
      const unit = openUnit(library, config.family, serial);
      const { facts } = unit;
      unit.close();
      return facts;
    });
    const [first] = units;
    return {
      found: units.length > 0,
      message: units.map(({ model, serial }) => `PicoScope ${model}, serial number ${serial}`).join('; '),
      facts: {
        ...first,
        units: JSON.stringify(units.map(({ model, serial }) => ({ model, serial }))),
        library: library.path,
      },
    };
  } catch (thrown) {
    return { found: false, message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} };
  }
}
