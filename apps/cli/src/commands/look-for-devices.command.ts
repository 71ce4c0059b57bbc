import { type Command } from 'commander';
import { report } from '../terminal/report.js';

/** Looking which oscilloscopes are there, and why others are not. */
export function addLookForDevices(program: Command): void {
  program
    .command('devices')
    .summary('look for oscilloscopes and loggers, and say what is missing')
    .description(
      'Looks for PicoScopes and PicoLogs: the library of each family with its path and version, the units with model and serial number, whether this user may use them, and the remedy where something is missing. Units that a run uses are not seen.',
    )
    .argument('[family]', '2000, 2000a, 3000a, 4000, 4000a or picolog; default: all')
    .option('--json', 'one line of JSON')
    .action(async (family: string | undefined, options: { readonly json?: boolean }) => {
      const { groupText, lookForDevices } = await import('./look-for-devices.js');
      const devices = await lookForDevices(family);
      const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
      const group = groupText();
      const lines = devices.map(({ what, found, message, facts }) => {
        const library = [facts['library'], facts['driverVersion']]
          .filter(Boolean)
          .map(String)
          .join(', version ');
        return `${found ? 'found' : 'not there'}\t${what}\t${message}${found && library !== '' ? ` (${library})` : ''}`;
      });
      report({ ok: true, system, group, devices }, [system, group, '', ...lines].join('\n'), options);
    });
}
